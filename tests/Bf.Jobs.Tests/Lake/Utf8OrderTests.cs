using System.Text;
using Bf.Core.Market;
using Bf.Jobs.Lake;

namespace Bf.Jobs.Tests.Lake;

public sealed class Utf8OrderTests
{
    [Theory]
    [InlineData("A", "B")]
    [InlineData("A", "AA")]
    [InlineData("Z", "\u00C4")]
    [InlineData("\uFF21", "\U0001F600")]
    [InlineData("\uE000", "\U00020BB7")]
    public void Texts_stand_in_the_order_of_their_bytes(string first, string second)
    {
        Assert.True(Utf8Order.Instance.Compare(first, second) < 0);
        Assert.True(Utf8Order.Instance.Compare(second, first) > 0);
        Assert.True(Encoding.UTF8.GetBytes(first).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(second)) < 0);
        Assert.Equal(0, Utf8Order.Instance.Compare(first, first));
    }

    [Fact]
    public void No_bar_of_a_symbol_beyond_the_first_plane_is_left_out_of_a_full_run()
    {
        using var lake = new TestLake();
        var names = Enumerable.Range(0, 30).SelectMany(i => new[] { $"A{i:00}", $"\uFF21{i:00}", $"\U0001F600{i:00}" });
        var day = Timestamp.Of(new DateOnly(2020, 1, 1));
        lake.Import(names.SelectMany(n => Enumerable.Range(0, 600).Select(d => new Bar(n, day + (d * Timestamp.Day), 1, 1, 1, 1, 1, 1))));
        lake.Generate();

        Assert.Equal("54000", lake.Value("SELECT sum(bars) FROM breadth"));
    }
}
