using System.CommandLine;
using Bf.Jobs.Backtests;

namespace Bf.Cli.Commands;

/// <summary><c>bf backtest report</c>: a saved backtest again, as text and as a page.</summary>
internal sealed class BacktestReportCommand : BfCommand
{
    private readonly Argument<string?> _run = new("RUN") { Description = "the run's name (else the last)", Arity = ArgumentArity.ZeroOrOne };

    public BacktestReportCommand()
        : base("report", "a saved backtest again, as text and as a page", "bf backtest report", "bf backtest report 20260131T180000Z-1a2b3c --out report.html")
    {
        Arguments.Add(_run);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var b = BacktestJob.Load(call.OpenLake(), call.Get(_run));
        BacktestText.Write(call.Out, b);
        call.Out.Document(() => BacktestText.Json(b));
        return ExitCode.Done;
    }
}
