using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Core.Quality;
using Bf.Jobs.Quality;
using Bf.Jobs.Universes;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Data;

/// <summary><c>bf data quality</c>: what is wrong with the bars.</summary>
internal sealed class DataQualityCommand : BfCommand
{
    private readonly UniverseOptions _universe = new(counts: false);
    private readonly Option<string[]> _checks = new("--check") { Description = $"only these: {string.Join(", ", QualityChecks.All)}", HelpName = "CHECK", AllowMultipleArgumentsPerToken = true };
    private readonly Option<int> _examples = new("--examples") { Description = "the most places that each check names", HelpName = "N", DefaultValueFactory = _ => Evidence.UsualExamples };
    private readonly Option<bool> _strict = new("--strict") { Description = "exit 1 when something was found that changes the signals" };

    public DataQualityCommand()
        : base("quality", "what is wrong with the bars, what it does to the signals, and what to do; no bar is altered (docs/quality.md has every check)",
            "bf data quality", "bf data quality --symbol-list dow30 --start-date 2020-01-01", "bf data quality --check jumps odd_prices --examples 50", "bf data quality --strict --json")
    {
        _checks.AcceptOnly([.. QualityChecks.All.Select(c => c.Name)]);
        _universe.AddTo(this, dates: true);
        Options.Add(_checks);
        Options.Add(_examples);
        Options.Add(_strict);
        _examples.Validators.Add(n =>
        {
            if (n.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                n.AddError("--examples: a number from 1 to 10000");
            }
        });
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var only = call.Get(_checks) ?? [];
        var request = new QualityRequest(
            _universe.Read(call), _universe.ReadInterval(call), call.Date(_universe.Start), call.EndOfDate(_universe.End),
            only.Length == 0 ? null : [.. QualityChecks.All.Where(c => only.Contains(c.Name))], call.Get(_examples));
        if (request.From > request.To)
        {
            throw new UsageException("--end-date lies before --start-date");
        }

        QualityReport report;
        using (var progress = new Progress(call.Out.Quiet))
        {
            report = QualityJob.Run(call.OpenLake(), request, bars => progress.Report($"looking at {Number(bars)} bars"), call.Cancel);
        }

        var survivorship = Survivorship.Of(call.OpenLake(), request.Universe, request.Interval);
        call.Out.Document(() => QualityText.Json(request, report).With(survivorship));
        QualityText.Write(call.Out, request, report);
        SurvivorshipText.Write(call.Out, request.Universe.Name, survivorship);
        return call.Get(_strict) && report.Findings.Any(f => f.IsWarning) ? ExitCode.Failed : ExitCode.Done;
    }
}

/// <summary>What the checks found, in text and as JSON.</summary>
internal static class QualityText
{
    public static void Write(Output output, QualityRequest request, QualityReport report)
    {
        output.Result($"{request.Universe.Name}: {Count(report.Bars, "bar")} ({request.Interval}) of {Count(report.Symbols, "symbol")} on {Count(report.Dates, "date")}, {Timestamp.Format(report.FirstTs)} to {Timestamp.Format(report.LastTs)}");
        foreach (var f in report.Findings.Where(f => f.IsFound).OrderByDescending(f => f.IsWarning))
        {
            output.Result("");
            output.Result($"{(f.IsWarning ? "warning" : "note")}: {f.Check.Name}: {f.Check.Say(f.Evidence)}");
            foreach (var e in f.Evidence.Examples)
            {
                output.Result($"    {string.Join("  ", new[] { e.Symbol, Dates(e), e.What }.Where(t => t is not null))}");
            }

            if (f.Evidence.Places > f.Evidence.Examples.Count)
            {
                output.Result($"    and {Number(f.Evidence.Places - f.Evidence.Examples.Count)} more: --examples {f.Evidence.Places}");
            }

            output.Line($"  effect: {f.Check.Matters}");
            output.Line($"  to do:  {f.Check.ToDo}");
        }

        output.Line();
        var clean = report.Findings.Where(f => !f.IsFound).Select(f => f.Check.Name).ToList();
        output.Line(clean.Count == 0 ? "every check found something" : $"nothing found by {string.Join(", ", clean)}");
    }

    public static JsonObject Json(QualityRequest request, QualityReport report) => new()
    {
        ["universe"] = request.Universe.Name, ["interval"] = request.Interval.Name, ["symbols"] = report.Symbols, ["bars"] = report.Bars, ["dates"] = report.Dates,
        ["from"] = Timestamp.Format(report.FirstTs), ["to"] = Timestamp.Format(report.LastTs), ["warnings"] = report.Findings.Count(f => f.IsWarning),
        ["checks"] = new JsonArray([.. report.Findings.Select(Json)]),
    };

    private static JsonObject Json(QualityFinding f) => new()
    {
        ["name"] = f.Check.Name, ["title"] = f.Check.Title, ["level"] = f.IsWarning ? "warning" : f.IsFound ? "note" : "none", ["found"] = f.IsFound ? f.Check.Say(f.Evidence) : null,
        ["symbols"] = f.Evidence.Symbols, ["places"] = f.Evidence.Places, ["count"] = f.Evidence.Count, ["serious"] = f.Evidence.Serious, ["seen"] = f.Evidence.Seen,
        ["first"] = Date(f.Evidence.FirstTs), ["last"] = Date(f.Evidence.LastTs),
        ["examples"] = new JsonArray([.. f.Evidence.Examples.Select(e => new JsonObject { ["symbol"] = e.Symbol, ["from"] = Date(e.From), ["to"] = Date(e.To), ["count"] = e.Count, ["what"] = e.What })]),
        ["looks_for"] = f.Check.LooksFor, ["matters"] = f.Check.Matters, ["to_do"] = f.Check.ToDo,
        ["thresholds"] = new JsonObject([.. f.Check.Thresholds.Select(t => KeyValuePair.Create(t.Name, (JsonNode?)t.Value))]),
    };

    private static string? Dates(Example e) => e.From is null ? null : e.From == e.To ? Date(e.From) : $"{Date(e.From)} to {Date(e.To)}";

    private static string? Date(long? ts) => ts is { } t ? Timestamp.Format(t) : null;
}
