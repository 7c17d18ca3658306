using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Backtest;
using Bf.Core.Market;
using Bf.Jobs.Backtests;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands;

/// <summary><c>bf backtest</c>: what trading on a signal would have done.</summary>
internal sealed class BacktestCommands : BfCommand
{
    public BacktestCommands()
        : base("backtest", "what trading on a signal would have done", "bf backtest run --signal zbt_ema --save-results", "bf backtest report")
    {
        Subcommands.Add(new RunCommand());
        Subcommands.Add(new BacktestReportCommand());
    }

    private sealed class RunCommand : BfCommand
    {
        private static readonly BacktestSettings Usual = new();
        private readonly UniverseOptions _universe = new(counts: false);
        private readonly Option<double> _capital = new("--initial-capital") { Description = "money at the start", HelpName = "MONEY", DefaultValueFactory = _ => Usual.InitialCapital };
        private readonly Option<double?> _size = new("--position-size") { Description = "share of equity for each position (else equal shares of all)", HelpName = "FRACTION" };
        private readonly Option<int?> _most = new("--max-positions") { Description = "most positions at once, the most traded first (else all members)", HelpName = "N" };
        private readonly Option<double> _commission = new("--commission-rate", "--fees") { Description = "commission, a fraction of the traded value, on each side", HelpName = "RATE", DefaultValueFactory = _ => Usual.CommissionRate };
        private readonly Option<double> _slippage = new("--slippage-rate") { Description = "slippage, a fraction of the price, on each side", HelpName = "RATE", DefaultValueFactory = _ => Usual.SlippageRate };
        private readonly Option<int> _hold = new("--hold-days") { Description = "dates that a position is held", HelpName = "N", DefaultValueFactory = _ => Usual.HoldDays };
        private readonly Option<string> _signal = new("--signal") { Description = $"what to trade on: {string.Join(", ", BuySignals.Names)}", HelpName = "SIGNAL", DefaultValueFactory = _ => BuySignals.Score };
        private readonly Option<bool> _save = new("--save-results") { Description = "keep settings, figures, trades and equity in the lake" };

        public RunCommand()
            : base("run", "signal at the close, filled at each symbol's next open, costs on both sides, against buy-and-hold",
                "bf backtest run --signal zbt_ema --hold-days 120", "bf backtest run --symbol-list dow30 --from-date 2020-01-01 --save-results", "bf backtest run --max-positions 20 --fees 0.0005 --json")
        {
            _universe.AddTo(this, dates: true);
            foreach (var option in (Option[])[_signal, _hold, _capital, _size, _most, _commission, _slippage, _save])
            {
                Options.Add(option);
            }

            Do(Run);
        }

        private int Run(Invocation call)
        {
            var settings = new BacktestSettings
            {
                InitialCapital = call.Get(_capital),
                PositionSize = call.Get(_size),
                MaxPositions = call.Get(_most),
                CommissionRate = call.Get(_commission),
                SlippageRate = call.Get(_slippage),
                HoldDays = call.Get(_hold),
                From = call.Date(_universe.Start),
                To = call.EndOfDate(_universe.End),
            };
            try
            {
                settings.Validate();
            }
            catch (ArgumentException e)
            {
                throw new UsageException(e.Message);
            }

            var universe = _universe.Read(call);
            var signal = BuySignals.Names.FirstOrDefault(n => n.Equals(call.Get(_signal), StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException($"--signal: no signal '{call.Get(_signal)}'; there are {string.Join(", ", BuySignals.Names)}");
            var (b, timings) = BacktestJob.Run(call.OpenLake(), new(universe, _universe.ReadInterval(call), signal, settings, call.Get(_save)), call.Arguments);
            var survivorship = _universe.ReadSurvivorship(call);
            call.Out.Document(() => Documents.Job(b.Trades.Count, b.Run, timings, BacktestText.Json(b).With(survivorship)));
            BacktestText.Write(call.Out, b);
            SurvivorshipText.Write(call.Out, universe.Name, survivorship);
            call.Out.Line(call.Get(_save) ? $"saved as run {b.Run}; see it with: bf backtest report" : "keep it with --save-results");
            return ExitCode.Done;
        }
    }
}

/// <summary>A backtest in text and as JSON.</summary>
internal static class BacktestText
{
    public static void Write(Output output, BacktestRun b)
    {
        if (b.Equity.Count == 0)
        {
            output.Line("no dates in this range");
            return;
        }

        output.Line($"{b.Signal} on {b.Universe}, {Timestamp.Format(b.Equity[0].Ts)} to {Timestamp.Format(b.Equity[^1].Ts)}: {Number(b.Trading.SignalsTaken)} signals taken, {Number(b.Trading.Trades)} trades, held {b.Settings.HoldDays} dates");
        var (s, i, k) = (b.Strategy, b.Index, b.Basket);
        var table = new TextTable("", "strategy", "index", "basket held").Right(1, 2, 3);
        Row("total return", p => Percent(p.TotalReturn, sign: true));
        Row("CAGR", p => Percent(p.Cagr, sign: true));
        Row("volatility, a year", p => Percent(p.AnnualVolatility));
        Row("Sharpe ratio", p => Number(p.Sharpe, 2));
        Row("Sortino ratio", p => Number(p.Sortino, 2));
        Row("maximum drawdown", p => Percent(p.MaxDrawdown));
        Row("its length in dates", p => p.DrawdownDates is { } n ? Number(n) : "-");
        table.Add("hit rate of trades", Percent(b.Trading.HitRate), "", "");
        table.Add("hit rate of signals", Percent(b.Trading.SignalHitRate), "", "");
        table.Add("exposure", Percent(b.Trading.Exposure), "100.0 %", "100.0 %");
        table.Add("turnover, a year", Number(b.Trading.Turnover, 2), "", "");
        table.Add("costs", Number((b.Trading.Commission ?? 0) + (b.Trading.Slippage ?? 0), 2), "0.00", "0.00");
        table.Add("equity at the end", Number(b.Equity[^1].Equity, 2), Number(b.Equity[^1].Index, 2), Number(b.Equity[^1].Basket, 2));
        output.Table(table);

        void Row(string title, Func<Performance, string> show) => table.Add(title, show(s), i is null ? "-" : show(i), k is null ? "-" : show(k));
    }

    public static JsonObject Json(BacktestRun b) => new()
    {
        ["universe"] = b.Universe, ["signal"] = b.Signal, ["from"] = b.Equity.Count > 0 ? Timestamp.Format(b.Equity[0].Ts) : null, ["to"] = b.Equity.Count > 0 ? Timestamp.Format(b.Equity[^1].Ts) : null,
        ["initial_capital"] = b.Settings.InitialCapital, ["final_equity"] = b.Equity.Count > 0 ? b.Equity[^1].Equity : null,
        ["trades"] = b.Trading.Trades, ["signals_taken"] = b.Trading.SignalsTaken, ["unfilled"] = b.Unfilled, ["hit_rate"] = b.Trading.HitRate, ["signal_hit_rate"] = b.Trading.SignalHitRate,
        ["exposure"] = b.Trading.Exposure, ["turnover"] = b.Trading.Turnover, ["commission"] = b.Trading.Commission, ["slippage"] = b.Trading.Slippage,
        ["strategy"] = Json(b.Strategy), ["index"] = Json(b.Index), ["basket"] = Json(b.Basket),
    };

    private static JsonObject? Json(Performance? p) => p is null ? null : new()
    {
        ["total_return"] = p.TotalReturn, ["cagr"] = p.Cagr, ["volatility"] = p.AnnualVolatility, ["sharpe"] = p.Sharpe, ["sortino"] = p.Sortino,
        ["max_drawdown"] = p.MaxDrawdown, ["max_drawdown_days"] = p.DrawdownDates,
    };
}
