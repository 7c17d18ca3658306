namespace Bf.Cli.Commands;

/// <summary><c>bf backtest</c>: what trading on a signal would have done.</summary>
internal sealed class BacktestCommands : BfCommand
{
    public BacktestCommands()
        : base("backtest", "what trading on a signal would have done", "bf backtest run --signal zbt_ema --save-results", "bf backtest report", "bf backtest grid --symbols AAPL --fast 5..24 --slow 30..79")
    {
        Subcommands.Add(new BacktestRunCommand());
        Subcommands.Add(new BacktestGridCommand());
        Subcommands.Add(new BacktestReportCommand());
    }
}
