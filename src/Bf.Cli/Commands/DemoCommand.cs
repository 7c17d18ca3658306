using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Bf.Cli.Reports;
using Bf.Core.Backtest;
using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Core.Statistics;
using Bf.Jobs;
using Bf.Jobs.Backtests;
using Bf.Jobs.Generate;
using Bf.Jobs.Import;
using Bf.Jobs.Lake;
using Bf.Jobs.Signals;
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
        var generated = GenerateJob.Run(lake, new(universe, Interval.Day), call.Arguments, call.Cancel);
        var signals = SignalReader.Read(lake, universe, Interval.Day);
        call.Out.Line($"computed    {Number(signals.Panel.Count)} dates of breadth, {Number(signals.Memory.Fires.Sum(f => f.Count))} thrusts{(generated.Mode == GenerateMode.Nothing ? " (they stood there already)" : "")}");
        var (backtest, _) = BacktestJob.Run(lake, new(universe, Interval.Day, new(Signal), new BacktestSettings { HoldDays = Horizon }, Save: true), call.Arguments);
        call.Out.Line($"tested      {Number(backtest.Trading.SignalsTaken)} Zweig thrusts traded, {Number(backtest.Trades.Count)} positions");
        var report = ReportFile.Write(lake, signals, universe, ReportInputs.Of(lake, signals, universe, backtest, first: false, call.Cancel), "100 US large caps, real daily bars, bundled with bf", Path.Combine(folder, "report.html"), call.Clock);
        call.Out.Line();
        foreach (var line in SummaryText.Lines(signals))
        {
            call.Out.Line(line);
        }

        Followed(call.Out, signals);
        call.Out.Line();
        call.Out.Line($"Buying all 100 at each Zweig thrust and holding {Horizon} dates: {Percent(backtest.Strategy.Cagr, sign: true)} a year while invested {Percent(backtest.Trading.Exposure, 0)} of the time, worst fall {Percent(backtest.Strategy.MaxDrawdown)};");
        call.Out.Line($"holding the index throughout: {Percent(backtest.Index?.Cagr, sign: true)} a year, worst fall {Percent(backtest.Index?.MaxDrawdown)}. (Today's large caps: survivors, so both look too good.)");
        call.Out.Line();
        call.Out.Line($"report      {report}");
        call.Out.Line($"done in {Number(Stopwatch.GetElapsedTime(start).TotalSeconds, 1)} s. Next, your own data: bf data import prices.csv && bf signals generate && bf signals summary");
        call.Out.Document(() => new JsonObject
        {
            ["rows"] = signals.Panel.Count, ["run"] = backtest.Run, ["report"] = report, ["lake"] = lake.Root,
            ["timings"] = new JsonObject { ["total_ms"] = Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 1) },
        });
        return ExitCode.Done;
    }

    /// <summary>What came after the thrusts, beside what came after any date.</summary>
    private static void Followed(Output output, SignalReader signals)
    {
        output.Line();
        output.Line($"what followed, {Horizon} dates later, in the universe's index (any date: {Percent(Outcome(signals, 0).BaseMean, sign: true)}):");
        foreach (var (d, detector) in Detectors.All.Index())
        {
            if (signals.Memory.Fires[d].Count == 0)
            {
                continue;
            }

            var o = Outcome(signals, d);
            output.Line($"  {detector.Name,-12}{o.Events,4} events   mean {Percent(o.Mean, sign: true),8}   higher in {Percent(o.HitRate, 0)}");
        }
    }

    private static HorizonOutcome Outcome(SignalReader signals, int detector) =>
        ThrustFollowUp.Of([.. signals.Memory.Fires[detector].Select(f => f.Index)], new ForwardReturns(BreadthColumns.Find("index_ew")!.Reals(signals.Panel)), [Horizon])[0];

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
