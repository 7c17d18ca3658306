using System.CommandLine;
using Bf.Core.Backtest;
using Bf.Jobs;
using Bf.Jobs.Backtests;

namespace Bf.Cli.Commands;

/// <summary><c>bf backtest run</c>: one strategy on one universe.</summary>
internal sealed class BacktestRunCommand : BfCommand
{
    private readonly UniverseOptions _universe = new(counts: false);
    private readonly StrategyOptions _strategy = new();
    private readonly TradingOptions _trading = new();
    private readonly Option<bool> _save = new("--save-results") { Description = "keep settings, figures, trades and equity in the lake" };

    public BacktestRunCommand()
        : base("run", "signal at the close, filled at each symbol's next open, costs on both sides, against buy-and-hold",
            "bf backtest run --signal zbt_ema --hold-days 120", "bf backtest run --symbol-list dow30 --from-date 2020-01-01 --save-results", "bf backtest run --signal score --exit score --stop-loss 0.08",
            "bf backtest run --signal zbt_ema --sizing volatility --target-volatility 0.1 --cash-rate 0.02", "bf backtest run --max-positions 20 --fees 0.0005 --json")
    {
        _universe.AddTo(this, dates: true);
        _strategy.AddTo(this);
        _trading.AddTo(this);
        Options.Add(_save);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var strategy = _strategy.Read(call);
        var (from, to) = _universe.ReadSpan(call);
        var settings = _trading.Read(call, endless: strategy.Exit is not null, from, to);
        var universe = _universe.Read(call);
        if (settings.Fill == FillTime.SameClose)
        {
            Log.Warn(BacktestText.SameClose);
        }

        var (b, timings) = BacktestJob.Run(call.OpenLake(), new(universe, _universe.ReadInterval(call), strategy, settings, call.Get(_save)), call.Arguments);
        var survivorship = _universe.ReadSurvivorship(call);
        call.Out.Document(() => Documents.Job(b.Trades.Count, b.Run, timings, BacktestText.Json(b).With(survivorship)));
        BacktestText.Write(call.Out, b);
        SurvivorshipText.Write(call.Out, universe.Name, survivorship);

        call.Out.Line(call.Get(_save) ? $"saved as run {b.Run}; see it with: bf backtest report" : "keep it with --save-results");
        return ExitCode.Done;
    }
}
