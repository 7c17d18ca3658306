using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Core.Statistics;
using Bf.Jobs.Signals;
using Bf.Jobs.Universes;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands;

/// <summary>An evaluation in text and as JSON.</summary>
internal static class EvaluateText
{
    public const double Discovery = 0.05;
    private const int FewApart = 10;

    public static void Write(Output output, EvaluateRequest request, EvaluateResult result, Survivorship survivorship, string again)
    {
        output.Line($"{request.Universe.Name}, {Timestamp.Format(result.From)} to {Timestamp.Format(result.To)}: what {IndexOf(request)} did after each fire and after any date, in percent");
        var table = new TextTable("fires of", "dates", "events", "apart", "mean", "from next", "median", "up", "worst", "lift", "95 % of the lift", "p", "q").Right([.. Enumerable.Range(1, 12)]);
        foreach (var (at, o) in result.Results.Where(r => r.Detector == result.Results[0].Detector).Select(r => r.Outcome).Index())
        {
            table.Add(at == 0 ? "any date" : "", Number(o.Horizon), Number(o.BaseDates), "", Signed(o.BaseMean), "", "", Number(100 * o.BaseHitRate, 1), "", "", "", "", "");
        }

        foreach (var group in result.Results.GroupBy(r => r.Detector))
        {
            if (group.All(r => r.Outcome.Events == 0))
            {
                table.Add(group.Key, "all", "0", "", "-", "-", "-", "-", "-", "-", "-", "-", "-");
                continue;
            }

            foreach (var (at, r) in group.Index())
            {
                var o = r.Outcome;
                table.Add(
                    at == 0 ? r.Detector : "", Number(o.Horizon), Number(o.Events), Number(o.Apart), Signed(o.Mean), Signed(o.MeanNext), Signed(o.Median), Number(100 * o.HitRate, 1), Signed(o.Worst),
                    Signed(o.Lift), r.Low is null ? "-" : $"{Signed(r.Low)} to {Signed(r.High)}", Number(r.PValue, 4), Number(r.QValue, 3));
            }
        }

        output.Table(table);
        output.Prose(Summary(result));
        foreach (var note in Notes(request, result, survivorship))
        {
            output.Prose(note);
        }

        var best = result.Results.Where(r => r.QValue is not null).MinBy(r => r.QValue)?.Detector;
        output.Line($"next: {(best is null || request.Universe.IsCounts ? "" : $"bf backtest run{again} --signal {best} (what trading it would have done), ")}bf signals list{again} (the rules); docs/statistics.md says how each figure is made");
    }

    public static JsonObject Json(EvaluateRequest request, EvaluateResult result, Survivorship survivorship) => new JsonObject
    {
        ["universe"] = request.Universe.Name, ["index"] = request.Index.Name, ["interval"] = request.Interval.Name,
        ["from"] = Timestamp.Format(result.From), ["to"] = Timestamp.Format(result.To), ["dates"] = result.Dates,
        ["dates_left_out"] = result.DatesLeftOut, ["fires_left_out"] = result.FiresLeftOut,
        ["draws"] = request.Draws, ["seed"] = request.Seed, ["tests"] = Tested(result),
        ["results"] = new JsonArray([.. result.Results.Select(Json)]),
        ["notes"] = new JsonArray([.. Notes(request, result, survivorship).Select(n => JsonValue.Create(n))]),
        ["timings"] = new JsonObject([.. result.Timings.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))]),
    }.With(survivorship);

    private static JsonObject Json(EventResult r) => new()
    {
        ["detector"] = r.Detector, ["horizon"] = r.Outcome.Horizon, ["events"] = r.Outcome.Events, ["events_apart"] = r.Outcome.Apart,
        ["mean"] = r.Outcome.Mean, ["mean_next"] = r.Outcome.MeanNext, ["median"] = r.Outcome.Median, ["hit_rate"] = r.Outcome.HitRate, ["worst"] = r.Outcome.Worst,
        ["base_dates"] = r.Outcome.BaseDates, ["base_mean"] = r.Outcome.BaseMean, ["base_hit_rate"] = r.Outcome.BaseHitRate, ["lift"] = r.Outcome.Lift,
        ["ci_low"] = r.Low, ["ci_high"] = r.High, ["p_value"] = r.PValue, ["q_value"] = r.QValue,
    };

    private static string Summary(EvaluateResult result)
    {
        var found = result.Results.Where(r => r.QValue <= Discovery).ToList();
        return Tested(result) == 0 ? "no detector has a fire with so many dates after it: nothing could be tested"
            : found.Count == 0 ? $"of {Count(Tested(result), "test")} none has a q of {Discovery} or less: what followed these fires could be luck"
            : $"of {Count(Tested(result), "test")} {Number(found.Count)} {(found.Count == 1 ? "has" : "have")} a q of {Discovery} or less: {string.Join(", ", found.Select(r => $"{r.Detector} over {Number(r.Outcome.Horizon)}"))}";
    }

    private static IEnumerable<string> Notes(EvaluateRequest request, EvaluateResult result, Survivorship survivorship)
    {
        yield return "Fires closer than the horizon share dates, so there are fewer events than it seems: 'apart' counts those that share none, and the interval (dates drawn in blocks) and p (random dates with the same gaps) allow for it; mean and hit rate do not.";
        if (result.Results.Any(r => r.Outcome.Events > 0 && r.Outcome.Apart < FewApart))
        {
            yield return $"Below about {FewApart} events apart an interval is too narrow to be trusted.";
        }

        yield return $"p is one-sided: how often random dates did as well; q is the share of false discoveries among all tests of this run ({Number(Tested(result))}), and knows nothing of tests made elsewhere, nor that most of these rules were made by looking at the past.";
        yield return $"A fire is known at the close, so 'from next' is the mean that could be traded, from the next close, before costs; {IndexOf(request)} is rebalanced to equal weights daily and free of cost.";
        yield return $"universe {request.Index.Name}: {survivorship.Text}";
        if (result.Unseen is { } unseen)
        {
            yield return unseen;
        }

        if (result.DatesLeftOut > 0)
        {
            yield return $"{Count(result.DatesLeftOut, "date")} of {request.Universe.Name} with {Count(result.FiresLeftOut, "fire")} {(result.DatesLeftOut == 1 ? "is" : "are")} not in the index of {request.Index.Name} and {(result.DatesLeftOut == 1 ? "is" : "are")} left out.";
        }
    }

    private static int Tested(EvaluateResult result) => result.Results.Count(r => r.PValue is not null);

    private static string IndexOf(EvaluateRequest request) => request.Index.Name == request.Universe.Name ? "its equal-weight index" : $"the equal-weight index of {request.Index.Name}";

    private static string Signed(double? fraction) => fraction is { } x ? $"{(x > 0 ? "+" : "")}{Number(100 * x, 2)}" : "-";
}
