using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Cli.Reports;
using Bf.Core.Market;
using Bf.Jobs.Backtests;
using Bf.Jobs.Signals;
using Bf.Jobs.Universes;

namespace Bf.Cli.Commands;

/// <summary><c>bf backtest report</c>: a saved backtest again, as text and as a page.</summary>
internal sealed class BacktestReportCommand : BfCommand
{
    private readonly Argument<string?> _run = new("RUN") { Description = "the run's name (else the last)", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "file of the page (else report-RUN.html)", HelpName = "FILE" };

    public BacktestReportCommand()
        : base("report", "a saved backtest again, in figures and as a page: curves, months, other costs, later fills, luck, trades by signal", "bf backtest report", "bf backtest report 20260131T180000.000Z-1a2b3c --out report.html")
    {
        Arguments.Add(_run);
        Options.Add(_out);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var lake = call.OpenLake();
        var b = BacktestJob.Load(lake, call.Get(_run));
        var universe = UniverseChoice.Stored(b.Universe);
        var signals = SignalReader.Read(lake, universe, Interval.Parse(b.Interval));
        var survivorship = Survivorship.Of(lake, universe, Interval.Parse(b.Interval));
        var inputs = ReportInputs.Of(lake, signals, universe, b, first: true, call.Cancel);
        var page = ReportFile.Write(lake, signals, universe, inputs, $"the lake {lake.Root}", call.Get(_out) ?? $"report-{b.Run}.html", call.Clock);
        BacktestText.Write(call.Out, b);
        ReviewText.Write(call.Out, inputs.Review);
        SurvivorshipText.Write(call.Out, universe.Name, survivorship);
        call.Out.Line($"report: {page}");
        call.Out.Document(() =>
        {
            var document = BacktestText.Json(b).With(survivorship);
            document["review"] = ReviewText.Json(inputs.Review);
            document["run"] = b.Run;
            document["report"] = page;
            return document;
        });
        return ExitCode.Done;
    }
}
