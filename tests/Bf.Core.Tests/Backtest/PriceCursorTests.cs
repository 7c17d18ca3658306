using Bf.Core.Backtest;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

public sealed class PriceCursorTests
{
    private readonly PriceCursor _cursor = new(Bars("A", (0, 1, 10), (1, 2, 20), (4, 3, 30)));

    [Fact]
    public void An_open_is_seen_before_its_close()
    {
        Assert.True(_cursor.CloseAt(Day(0)));
        Assert.Equal((2.0, 10.0), (_cursor.OpenAt(Day(1)), _cursor.LastClose));
        Assert.True(_cursor.CloseAt(Day(1)));
        Assert.Equal((null, 20.0), (_cursor.OpenAt(Day(1)), _cursor.LastClose));
    }

    [Fact]
    public void Between_bars_the_last_close_stands_and_there_is_no_open()
    {
        Assert.False(_cursor.CloseAt(Day(3)));
        Assert.Equal((null, 20.0, Day(1)), (_cursor.OpenAt(Day(3)), _cursor.LastClose, _cursor.LastTs));
    }

    [Fact]
    public void It_stays_where_it_is_when_asked_again_and_refuses_to_go_back()
    {
        Assert.True(_cursor.CloseAt(Day(4)));
        Assert.True(_cursor.CloseAt(Day(4)));
        Assert.False(_cursor.CloseAt(Day(9)));
        Assert.Throws<InvalidOperationException>(() => _cursor.CloseAt(Day(1)));
    }
}
