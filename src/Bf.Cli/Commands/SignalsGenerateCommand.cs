using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Bf.Core.Breadth.Further;
using Bf.Core.Signals;
using Bf.Jobs;
using Bf.Jobs.Generate;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands;

/// <summary><c>bf signals generate</c>: breadth, market series, thrusts and score from the bars.</summary>
internal sealed class SignalsGenerateCommand : BfCommand
{
    private readonly UniverseOptions _universe = new(several: true);
    private readonly EngineOption _engine = new();
    private readonly Option<bool> _force = new("--force-recalculate") { Description = "compute everything anew" };

    private readonly Option<string?> _indicators = new("--indicators")
    {
        Description = "indicators that need whole bars, other lengths or means by symbol, which are NULL otherwise (else BF_INDICATORS): all, or names such as pct_above_sma100,nh63", HelpName = "all|NAME,...",
    };

    private readonly Option<string?> _weights = new("--score-weights") { Description = "weights of the score's families (else BF_SCORE_WEIGHTS); one that is not named weighs nothing; unasked all weigh the same", HelpName = "FAMILY=W,..." };
    private readonly Option<double?> _buy = new("--score-buy") { Description = "the lowest score that says buy (else BF_SCORE_BUY, 60)", HelpName = "SCORE" };
    private readonly Option<double?> _sell = new("--score-sell") { Description = "the highest score that says sell (else BF_SCORE_SELL, 40)", HelpName = "SCORE" };

    public SignalsGenerateCommand()
        : base("generate", "compute breadth, market series, thrusts and score; by default only what is new",
            "bf signals generate", "bf signals generate --universe all,dow30,sectors", "bf signals generate --indicators all", "bf signals generate --symbols AAPL,MSFT,NVDA --start-date 2020-01-01", "bf signals generate --engine spark")
    {
        _universe.AddTo(this, dates: true);
        foreach (var option in (Option[])[_indicators, _weights, _buy, _sell])
        {
            Options.Add(option);
        }

        Options.Add(_force);
        _engine.AddTo(this);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var universes = _universe.ReadSeveral(call);
        var request = new GenerateRequest(universes, _universe.ReadInterval(call), call.Date(_universe.Start), call.EndOfDate(_universe.End), call.Get(_force)) { Settings = Settings(call) };
        if (request.From > request.To)
        {
            throw new UsageException("--end-date lies before --start-date");
        }

        var r = Generate(call, request);
        call.Out.Document(() => Documents.Job(r.Rows, r.Run, r.Timings, Json(r)));
        foreach (var u in r.Universes)
        {
            ThinText.Warn(u.Universe, u.Thin);
        }

        var empty = r.Universes.Where(u => u.Mode == GenerateMode.Empty).Select(u => u.Universe.Name).ToList();
        if (empty.Count > 0)
        {
            Log.Warn($"the lake has no bar of any member of {string.Join(", ", empty)}; see what there is with: bf data list");
        }

        if (r.Universes is [var only])
        {
            call.Out.Line(Line(r, only));
        }
        else if (!call.Out.Quiet)
        {
            Table(call.Out, r);
        }

        if (r.Rows > 0)
        {
            call.Out.Line($"next: bf signals summary{(r.Universes.Count == 1 ? _universe.Again(call) : "")}");
        }

        return ExitCode.Done;
    }

    private GenerateResult Generate(Invocation call, GenerateRequest request)
    {
        using var progress = new Progress(call.Out.Quiet);
        using var cluster = _engine.Open(call, progress);
        return GenerateJob.Run(call.OpenLake(), request, call.Arguments, cluster, call.Cancel);
    }

    private GenerateSettings Settings(Invocation call)
    {
        try
        {
            return new(Score(call), FurtherSet.Resolve(call.Get(_indicators) ?? call.Settings.Of("BF_INDICATORS").Value));
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"{(call.Get(_indicators) is null ? "BF_INDICATORS" : "--indicators")}: {e.Message}");
        }
    }

    private ScoreSettings Score(Invocation call)
    {
        try
        {
            return ScoreSettings.Parse(call.Get(_weights) ?? call.Settings.Of("BF_SCORE_WEIGHTS").Value, call.Get(_buy) ?? Setting("BF_SCORE_BUY"), call.Get(_sell) ?? Setting("BF_SCORE_SELL"));
        }
        catch (FormatException e)
        {
            throw new UsageException($"the score's settings: {e.Message}");
        }

        double Setting(string name) =>
            double.TryParse(call.Settings.Of(name).Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw new UsageException($"{name} is '{call.Settings.Of(name).Value}', but must be a number from 0 to 100");
    }

    private static string Line(GenerateResult r, UniverseResult u) => u.Mode switch
    {
        GenerateMode.Nothing => $"{u.Universe.Name}: nothing new since the last run",
        GenerateMode.Incremental => $"{u.Universe.Name}: {Count(u.Rows, "new date")} and {Count(u.Thrusts, "thrust")} from {Count(r.BarsRead, "new bar")}, {Number(r.Timings["total_ms"], 0)} ms",
        _ => $"{u.Universe.Name}: {Count(u.Rows, "date")} and {Count(u.Thrusts, "thrust")} from {(u.Universe.IsCounts ? "imported counts" : $"{Count(r.BarsRead, "bar")} of {Count(r.Symbols, "symbol")}")}, {Took(r)}{(u.Why is null ? "" : $" (everything: {u.Why})")}",
    };

    private static string Took(GenerateResult r) => $"{Number(r.Timings["total_ms"], 0)} ms{(r.Timings.ContainsKey("spark_ms") ? " on Spark" : "")}";

    private static void Table(Output output, GenerateResult r)
    {
        var table = new TextTable("universe", "dates", "thrusts", "how").Right(1, 2);
        foreach (var u in r.Universes)
        {
            table.Add(u.Universe.Name, Number(u.Rows), Number(u.Thrusts), u.Mode switch
            {
                GenerateMode.Nothing => "nothing new",
                GenerateMode.Incremental => "new bars",
                GenerateMode.Empty => "no bars",
                _ => $"everything: {u.Why}",
            });
        }

        output.Table(table);
        output.Line($"{Count(r.Universes.Count, "universe")}: {Count(r.Rows, "date")} and {Count(r.Thrusts, "thrust")} from {Count(r.BarsRead, "bar")} of {Count(r.Symbols, "symbol")}, {Took(r)}");
    }

    private static JsonObject Json(GenerateResult r)
    {
        var first = r.Universes[0];
        var document = new JsonObject
        {
            ["universe"] = first.Universe.Name, ["mode"] = Text(first.Mode), ["why"] = first.Why, ["thrusts"] = r.Thrusts,
            ["bars_read"] = r.BarsRead, ["symbols_read"] = r.Symbols, ["thin_dates"] = ThinText.Json(first.Thin),
        };
        if (r.Universes.Count > 1)
        {
            document.Remove("universe");
            document["universes"] = new JsonArray([.. r.Universes.Select(u => new JsonObject
            {
                ["universe"] = u.Universe.Name, ["mode"] = Text(u.Mode), ["why"] = u.Why, ["rows"] = u.Rows, ["thrusts"] = u.Thrusts, ["thin_dates"] = ThinText.Json(u.Thin),
            })]);
        }

        return document;
    }

    private static string Text(GenerateMode mode) => mode.ToString().ToLowerInvariant();
}
