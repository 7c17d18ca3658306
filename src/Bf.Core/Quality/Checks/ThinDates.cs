using Bf.Core.Breadth;

namespace Bf.Core.Quality.Checks;

internal sealed class ThinDates : MarketCheck
{
    public override string Name => "thin_dates";

    public override string Title => "Dates with few symbols";

    public override string LooksFor =>
        $"dates with less than {Words.Percent(Coverage.Least, 1)} of the usual number of symbols, the median of the {Coverage.Window} dates before: an unfinished import, or a holiday with stray bars";

    public override string Matters =>
        "ratios of few symbols jump: one advance among one is 100 %, enough to move the ten-date means and to fire a detector; bf signals generate warns of such dates and the report marks them";

    public override string ToDo => "import the other symbols of these dates, or leave the symbols that trade on holidays out with a symbol list; see the counts with: bf query \"SELECT ts, bars, issues FROM breadth ORDER BY bars LIMIT 20\"";

    public override IReadOnlyList<QualityThreshold> Thresholds =>
    [
        new("share", Coverage.Least, "of the usual number of symbols; below it a date is thin"),
        new("session_share", MarketCalendar.LeastShare, "of the usual number of symbols; below it a date is no session"),
        new("window", Coverage.Window, "dates before whose median is usual"),
    ];

    public override void Look(MarketFacts facts, Evidence evidence)
    {
        evidence.Look(facts.Calendar.Dates);
        foreach (var d in facts.Calendar.ThinDates)
        {
            var share = (double)d.Symbols / d.Usual;
            evidence.Add(new(null, d.Ts, d.Ts, 1, $"{Words.Number(d.Symbols)} of {Words.Count(d.Usual, "usual symbol")}{(share < MarketCalendar.LeastShare ? ", no session" : "")}"), -share, share < MarketCalendar.LeastShare);
        }
    }

    public override string Say(Evidence evidence) =>
        $"{Words.Count(evidence.Count, "date")} of {Words.Number(evidence.Seen)} with less than {Words.Percent(Coverage.Least, 1)} of the usual number of symbols; {Words.Number(evidence.Serious)} of them with so few that they are no session";
}
