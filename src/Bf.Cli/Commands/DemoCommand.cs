using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Bf.Cli.Reports;
using Bf.Core.Backtest;
using Bf.Core.Backtest.Grid;
using Bf.Core.Breadth.Further;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Core.Statistics;
using Bf.Jobs;
using Bf.Jobs.Backtests;
using Bf.Jobs.Generate;
using Bf.Jobs.Import;
using Bf.Jobs.Lake;
using Bf.Jobs.Signals;
using Bf.Jobs.Universes;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands;

/// <summary><c>bf demo</c>: the whole way on the bundled sample, in a lake of its own.</summary>
internal sealed class DemoCommand : BfCommand
{
    private const string Sample = "us-large-caps-100.parquet";
    private const string Signal = "zbt_ema";
    private const int Horizon = 120;
    private readonly Option<string> _folder = new("--folder") { Description = "where the demo's lake and report go", HelpName = "DIR", DefaultValueFactory = _ => ".demo" };

    public DemoCommand()
        : base("demo", "the whole way on real data: import, signals, backtest, report; no service, no network", "bf demo", "bf demo --folder /tmp/bf-demo")
    {
        Options.Add(_folder);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var start = Stopwatch.GetTimestamp();
        var folder = Path.GetFullPath(call.Get(_folder)!);
        var lake = DataLake.Open(Path.Combine(folder, "lake"), call.Clock);
        var universe = Universe.All;
        var import = ImportJob.Run(lake, new([SampleFile()], null, null, Interval.Day), call.Arguments, cancel: call.Cancel);
        call.Out.Line(import.Added > 0
            ? $"imported    {Number(import.Added)} daily bars of 100 US large caps, 2018-2024"
            : $"imported    nothing new: the {Number(import.Unchanged)} bars of the sample stand there already");
        var dow = SymbolLists.FindUniverse("dow30") ?? throw new JobException("the symbol list dow30 is missing beside the program; take symbol-lists from the repository");
        var generated = GenerateJob.Run(
            lake, new GenerateRequest([universe, dow], Interval.Day) { Settings = GenerateSettings.Usual with { Indicators = FurtherSet.Resolve(FurtherIndicators.AllName) } }, call.Arguments, cancel: call.Cancel);
        var signals = SignalReader.Read(lake, universe, Interval.Day);
        call.Out.Line($"computed    {Number(signals.Panel.Count)} dates of breadth of all symbols and of the Dow by its members then, every indicator, {Number(signals.Memory.Fires.Sum(f => f.Count))} thrusts{(generated.Mode == GenerateMode.Nothing ? " (they stood there already)" : "")}");
        var (backtest, _) = BacktestJob.Run(lake, new(universe, Interval.Day, new(Signal), new BacktestSettings { HoldDays = Horizon }, Save: true), call.Arguments);
        call.Out.Line($"tested      {Number(backtest.Trading.SignalsTaken)} Zweig thrusts traded, {Number(backtest.Trades.Count)} positions");
        var report = ReportFile.Write(lake, signals, universe, ReportInputs.Of(lake, signals, universe, backtest, first: false, call.Cancel), "100 US large caps, real daily bars, bundled with bf", Path.Combine(folder, "report.html"), call.Clock);
        call.Out.Line();
        foreach (var line in SummaryText.Lines(signals))
        {
            call.Out.Line(line);
        }

        Followed(call, lake);
        call.Out.Line();
        Tried(call, lake);
        call.Out.Line();
        call.Out.Line($"Buying all 100 at each Zweig thrust and holding {Horizon} dates: {Percent(backtest.Strategy.Cagr, sign: true)} a year while invested {Percent(backtest.Trading.Exposure, 0)} of the time, worst fall {Percent(backtest.Strategy.MaxDrawdown)};");
        call.Out.Line($"holding the index throughout: {Percent(backtest.Index?.Cagr, sign: true)} a year, worst fall {Percent(backtest.Index?.MaxDrawdown)}. (Today's large caps: survivors, so both look too good.)");
        call.Out.Line();
        call.Out.Line($"report      {report} (open it in a browser)");
        call.Out.Line($"done in {Number(Stopwatch.GetElapsedTime(start).TotalSeconds, 1)} s. Next, your own data: bf data import prices.csv && bf signals generate && bf signals summary");
        call.Out.Document(() => new JsonObject
        {
            ["rows"] = signals.Panel.Count, ["run"] = backtest.Run, ["report"] = report, ["lake"] = lake.Root,
            ["timings"] = new JsonObject { ["total_ms"] = Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 1) },
        });
        return ExitCode.Done;
    }

    /// <summary>What came after the thrusts, beside what came after any date, and whether it was more than luck.</summary>
    private static void Followed(Invocation call, DataLake lake)
    {
        var result = EvaluateJob.Run(lake, new(Universe.All, Universe.All, Interval.Day, [], [Horizon]), call.Cancel);
        call.Out.Line();
        call.Out.Line($"what followed, {Horizon} dates later, in the universe's index (after any date: {Percent(result.Results[0].Outcome.BaseMean, sign: true)}):");
        foreach (var r in result.Results.Where(r => r.Outcome.Events > 0))
        {
            call.Out.Line($"  {r.Detector,-12}{r.Outcome.Events,4} events, {r.Outcome.Apart,2} apart   mean {Percent(r.Outcome.Mean, sign: true),8}   higher in {Percent(r.Outcome.HitRate, 0),5}   p {Number(r.PValue, 3)}   q {Number(r.QValue, 2)}");
        }

        var found = result.Results.Count(r => r.QValue <= EvaluateText.Discovery);
        call.Out.Line("  apart: events that share none of their dates; p: how often random dates did as well;");
        call.Out.Line($"  q: the share of luck among {Number(result.Results.Count(r => r.QValue is not null))} tests. {(found == 0 ? "None stands out: seven years hold too few thrusts to tell, and bf says so" : $"{Number(found)} stand out at {Percent(EvaluateText.Discovery, 0)}")}.");
    }

    /// <summary>A thousand pairs of averages on one symbol, and how far the best can be believed.</summary>
    private static void Tried(Invocation call, DataLake lake)
    {
        var pairs = new SmaCrossStrategy([.. Enumerable.Range(5, 20)], [.. Enumerable.Range(30, 50)]);
        var settings = new BacktestSettings { SlippageRate = 0, Fill = FillTime.SameClose };
        var (grid, timings) = GridJob.Run(lake, new(Universe.Of("AAPL", ["AAPL"]), Interval.Day, pairs, settings, GridRank.Sharpe, null, true), call.Arguments, _ => { }, cancel: call.Cancel);
        var best = grid.Figures[grid.Best];
        call.Out.Line($"tried {Number(grid.Figures.Length)} pairs of crossing averages on AAPL in {Number(timings["grid_ms"], 0)} ms: the best ({grid.Setting(grid.Best)}) returned {Percent(best.TotalReturn, 0, sign: true)}, holding AAPL {Percent(grid.HeldReturn, 0, sign: true)};");
        call.Out.Line($"  so many trials find something: {Percent(grid.Statistics?.Overfitting?.Probability, 0)} is the probability that the choice is overfitted.");
    }

    private static string SampleFile()
    {
        foreach (var folder in (string[])[AppContext.BaseDirectory, Directory.GetCurrentDirectory()])
        {
            var file = Path.Combine(folder, "samples", Sample);
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new JobException($"the sample samples/{Sample} is missing beside the program; take it from the repository");
    }
}
