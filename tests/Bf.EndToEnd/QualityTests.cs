using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>What the program says of bars that are odd, and of dates with few symbols.</summary>
public sealed class QualityTests
{
    [Fact]
    public void Findings_are_said_with_their_effect_and_what_to_do_and_fail_a_strict_run_only()
    {
        using var bf = new BfProgram();
        bf.Write("a.csv", Market.Csv(Market.Random(6, 60).Where(b => b.Symbol != "S03" || b.Ts != Market.Weekdays(60)[30])));
        bf.Run("data", "import", "a.csv").Done();
        Assert.Equal(0, bf.Run("data", "quality", "--strict", "--check", "jumps").Code);
        var text = bf.Run("data", "quality").Done().Out;
        var json = bf.Run("data", "quality", "--json").Done().Json;

        Assert.StartsWith("all: 359 bars (1d) of 6 symbols on 60 dates, 2022-12-01 to ", text);
        Assert.Contains("note: missing_sessions: 0.28 % of the sessions of all symbols have no bar (1 of 360, 1 symbol); 0 symbols above the 2 % line\n    S03  2023-01-12  1 of 60 sessions (1.67 %)\n  effect: ", text);
        Assert.Contains("nothing found by thin_dates", text);
        Assert.Equal((0, 1), (json.GetProperty("warnings").GetInt32(), json.GetProperty("checks").EnumerateArray().Count(c => c.GetProperty("level").GetString() == "note")));

        bf.Write("b.csv", $"{Market.Header}\n{string.Concat(Market.Weekdays(60).Select(ts => $"{Market.Date(ts)},^GSPC,10,11,9,10,10,0\n"))}");
        bf.Run("data", "import", "b.csv").Done();
        var strict = bf.Run("data", "quality", "--strict", "--json");
        Assert.Equal((1, ""), (strict.Code, strict.Error));
        Assert.Equal(["stale_runs", "zero_volume", "no_shares"], strict.Json.GetProperty("checks").EnumerateArray().Where(c => c.GetProperty("level").GetString() == "warning").Select(c => c.GetProperty("name").GetString()));
        Assert.Equal(0, bf.Run("data", "quality").Code);
    }

    [Fact]
    public void A_date_with_few_symbols_is_warned_of_in_one_line_when_it_is_generated()
    {
        using var bf = new BfProgram();
        var dates = Market.Weekdays(60);
        bf.Write("a.csv", Market.Csv(Market.Random(6, 60).Where(b => b.Ts < dates[59])));
        bf.Write("b.csv", Market.Csv(Market.Random(6, 60).Where(b => b.Ts == dates[59] && b.Symbol is "S00")));
        bf.Run("data", "import", "a.csv").Done();
        Assert.Equal("", bf.Run("signals", "generate").Done().Error);
        bf.Run("data", "import", "b.csv").Done();
        var json = bf.Run("signals", "generate", "--json").Done();

        Assert.Equal($"warn: all: {Market.Date(dates[59])} has less than 80 % of the usual number of symbols (1 of 6); import what is missing, or see: bf data quality --check thin_dates\n", json.Error);
        var thin = Assert.Single(json.Json.GetProperty("thin_dates").EnumerateArray());
        Assert.Equal((Market.Date(dates[59]), 1, 6), (thin.GetProperty("ts").GetString(), thin.GetProperty("symbols").GetInt32(), thin.GetProperty("usual").GetInt32()));
        Assert.Equal("", bf.Run("signals", "generate", "--log-level", "error", "--force-recalculate").Done().Error);
    }
}
