using Bf.Core.Market;
using Bf.Jobs.Fetch;
using Bf.Jobs.Generate;

namespace Bf.Jobs.Tests.Fetch;

/// <summary>A split or a dividend changes what a source says of the past.</summary>
public sealed class ChangedPastTests
{
    private static readonly List<Bar> Bars = Market.Random(8, 300);
    private static readonly long[] Dates = Market.Weekdays(300);

    [Theory]
    [InlineData("split")]
    [InlineData("dividend")]
    public void A_changed_past_replaces_the_whole_history_and_signals_equal_those_of_a_fresh_lake(string what)
    {
        using var t = new FetchLake();
        Until(t, 280, Bars);
        var symbols = Bars.Select(b => b.Symbol).Distinct().ToArray();
        t.Fetch(symbols);
        t.Lake.Generate();
        t.Asked();

        var changed = Bars.Select(b => b.Symbol != "S03" || b.Ts >= Dates[281] ? b : what == "split"
            ? b with { Open = b.Open / 2, High = b.High / 2, Low = b.Low / 2, Close = b.Close / 2, AdjClose = b.AdjClose / 2, Volume = b.Volume * 2 }
            : b with { AdjClose = b.AdjClose * 0.99 }).ToList();
        Until(t, 282, changed);
        var result = t.Fetch(symbols);

        Assert.Equal(["S03"], result.Symbols.Where(s => s.Readjusted).Select(s => s.Symbol));
        Assert.Equal((16, 280), (result.Added, result.Changed));
        Assert.Equal(9, t.Asked().Count); // each symbol's last days, and all of the one
        Assert.Equal(GenerateMode.Full, t.Lake.Generate().Mode);

        using var fresh = new FetchLake();
        Until(fresh, 282, changed);
        fresh.Fetch(symbols);
        fresh.Lake.Generate();
        Assert.Equal(fresh.Lake.Bars(), t.Lake.Bars());
        Assert.Equal(fresh.Lake.Results(withState: true), t.Lake.Results(withState: true));
    }

    [Fact]
    public void A_changed_past_of_the_source_reaches_bars_from_an_import_too()
    {
        using var t = new FetchLake();
        t.Lake.Import(Bars.Where(b => b.Symbol == "S01" && b.Ts < Dates[100]).Select(b => b with { AdjClose = b.Close })); // a file without adjusted close
        Until(t, 120, Bars);
        var result = t.Fetch("S01");

        Assert.True(result.Symbols[0].Readjusted);
        Assert.Equal((20, 100), (result.Added, result.Changed));
    }

    [Fact]
    public void Noise_in_the_last_digits_is_no_change()
    {
        using var t = new FetchLake();
        Until(t, 100, Bars);
        t.Fetch("S01");
        Until(t, 102, [.. Bars.Select(b => b with { AdjClose = b.AdjClose * (1 + 3e-8), Open = (float)b.Open })]);
        var result = t.Fetch("S01");

        Assert.Equal((2, 0, false), (result.Added, result.Changed, result.Symbols[0].Readjusted));
    }

    [Fact]
    public void A_volume_that_was_settled_later_replaces_that_bar_alone()
    {
        using var t = new FetchLake();
        Until(t, 100, Bars);
        t.Fetch("S01");
        t.Asked();
        Until(t, 102, [.. Bars.Select(b => b.Ts == Dates[99] ? b with { Volume = b.Volume + 7 } : b)]);
        var result = t.Fetch("S01");

        Assert.Equal((2, 1, false), (result.Added, result.Changed, result.Symbols[0].Readjusted));
        Assert.Single(t.Asked());
    }

    [Fact]
    public void Bars_older_than_the_source_are_told_of_since_they_keep_their_adjustment()
    {
        using var t = new FetchLake();
        t.Lake.Import(Bars.Where(b => b.Symbol == "S01" && b.Ts < Dates[100]));
        Until(t, 120, [.. Bars.Where(b => b.Ts >= Dates[50]).Select(b => b with { AdjClose = b.AdjClose / 2 })]);
        var symbol = t.Fetch("S01").Symbols[0];

        Assert.Equal((20, 50, true), (symbol.Added, symbol.Changed, symbol.Readjusted));
        Assert.Contains($"the source begins at {Market.Date(Dates[50])}", symbol.Reason);
    }

    /// <summary>It is the evening of a day, and the server has the bars until then.</summary>
    private static void Until(FetchLake t, int days, List<Bar> bars)
    {
        t.Now = Timestamp.ToMoment(Dates[days - 1]).AddHours(23);
        t.Server.Have(bars.Where(b => b.Ts <= Dates[days - 1]));
    }
}
