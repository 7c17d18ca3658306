using System.CommandLine;
using Bf.Core.Backtest;
using Bf.Core.Backtest.Grid;
using Bf.Jobs.Backtests;

namespace Bf.Cli.Commands;

/// <summary><c>bf backtest grid</c>: many settings of a strategy at once.</summary>
internal sealed class BacktestGridCommand : BfCommand
{
    private static readonly BacktestSettings Usual = new();
    private readonly UniverseOptions _universe = new(counts: false);
    private readonly Option<string> _strategy = new("--strategy") { Description = "sma-cross: crossings of two averages of one symbol; thrust: signals, each held for some dates; score: bought at one level of it, sold at another", HelpName = "NAME", DefaultValueFactory = _ => "sma-cross" };
    private readonly Option<string> _fast = new("--fast") { Description = "sma-cross: lengths of the fast average, as 5..24, 5..24:2 or 5,10,20", HelpName = "RANGE", DefaultValueFactory = _ => "5..24" };
    private readonly Option<string> _slow = new("--slow") { Description = "sma-cross: lengths of the slow average", HelpName = "RANGE", DefaultValueFactory = _ => "30..79" };
    private readonly Option<string> _signal = new("--signal") { Description = $"thrust: signals, separated by commas: {string.Join(", ", BuySignals.Names)}", HelpName = "A,B", DefaultValueFactory = _ => string.Join(',', BuySignals.Names) };
    private readonly Option<string> _hold = new("--hold", "--hold-days") { Description = "thrust: dates that a position is held", HelpName = "RANGE", DefaultValueFactory = _ => "20,60,120,250" };
    private readonly Option<string> _buy = new("--buy") { Description = "score: levels at which it is bought", HelpName = "RANGE", DefaultValueFactory = _ => "50..70:5" };
    private readonly Option<string> _sell = new("--sell") { Description = "score: levels at which it is sold", HelpName = "RANGE", DefaultValueFactory = _ => "30..50:5" };
    private readonly Option<double> _capital = new("--initial-capital") { Description = "money at the start", HelpName = "MONEY", DefaultValueFactory = _ => Usual.InitialCapital };
    private readonly Option<double> _fees = new("--fees", "--commission-rate") { Description = "fee, a fraction of the traded value, on each side", HelpName = "RATE", DefaultValueFactory = _ => Usual.CommissionRate };
    private readonly Option<double> _slippage = new("--slippage-rate") { Description = "thrust, score: slippage, a fraction of the price, on each side", HelpName = "RATE", DefaultValueFactory = _ => Usual.SlippageRate };
    private readonly Option<int?> _most = new("--max-positions") { Description = "thrust, score: most positions at once, the most traded first (else all members)", HelpName = "N" };
    private readonly Option<string?> _fill = new("--fill") { Description = "same-close: at the price that made the signal, which nobody can have (sma-cross always); next-open (thrust, score)", HelpName = "WHEN" };
    private readonly Option<string> _rank = new("--rank") { Description = "what is best: sharpe, total_return or final_value", HelpName = "FIGURE", DefaultValueFactory = _ => "sharpe" };
    private readonly Option<int> _top = new("--top") { Description = "settings that are listed, the best first", HelpName = "N", DefaultValueFactory = _ => 10 };
    private readonly Option<string?> _walk = new("--walk-forward") { Description = "choose on some dates, trade on the next: rolling, or anchored at the first date", HelpName = "HOW" };
    private readonly Option<int> _train = new("--train") { Description = "dates to choose on", HelpName = "N", DefaultValueFactory = _ => 756 };
    private readonly Option<int> _test = new("--test") { Description = "dates to trade on", HelpName = "N", DefaultValueFactory = _ => 126 };
    private readonly Option<string?> _heat = new("--heat-map") { Description = "the grid as a map in text: sharpe, total_return, max_drawdown, orders or final_value", HelpName = "FIGURE" };
    private readonly Option<string?> _html = new("--html") { Description = "the grid as a page with maps", HelpName = "FILE" };
    private readonly EngineOption _engine = new();
    private readonly Option<bool> _without = new("--no-statistics") { Description = "leave out how far the best can be believed" };

    public BacktestGridCommand()
        : base("grid", "many settings of a strategy at once: the best, how far to believe it, and what choosing it would have brought",
            "bf backtest grid --symbols AAPL --fast 5..24 --slow 30..79 --heat-map sharpe",
            "bf backtest grid --symbols AAPL --walk-forward rolling --train 756 --test 126",
            "bf backtest grid --strategy thrust --signal zbt_ema,upvol90 --hold 20,60,120 --html grid.html",
            "bf backtest grid --strategy score --buy 55..70:5 --sell 30..45:5",
            "bf backtest grid --symbols AAPL --fast 2..400 --slow 20..1500 --no-statistics --engine spark")
    {
        _strategy.AcceptOnly("sma-cross", "thrust", "score");
        _fill.AcceptOnly("same-close", "next-open");
        _rank.AcceptOnly("sharpe", "total_return", "final_value");
        _walk.AcceptOnly("rolling", "anchored");
        _heat.AcceptOnly([.. GridText.Figures]);
        _universe.AddTo(this, dates: true);
        foreach (var option in (Option[])[_strategy, _fast, _slow, _signal, _hold, _buy, _sell, _capital, _fees, _slippage, _most, _fill, _rank, _top, _walk, _train, _test, _heat, _html, _without])
        {
            Options.Add(option);
        }

        _engine.AddTo(this);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var request = Request(call);
        if (call.Get(_html) is not null)
        {
            Reports.GridFile.Require(request.Strategy.Combinations);
        }

        if (request.Strategy is not SmaCrossStrategy && _engine.NamesSpark(call))
        {
            throw new UsageException(GridJob.NotOnSpark(request.Strategy));
        }

        GridRun grid;
        IReadOnlyDictionary<string, double> timings;
        using (var progress = new Progress(call.Out.Quiet))
        {
            var gate = new Lock();
            using var cluster = request.Strategy is SmaCrossStrategy ? _engine.Open(call, progress) : null;
            (grid, timings) = GridJob.Run(call.OpenLake(), request, call.Arguments, Report, cluster, call.Cancel);

            void Report(string text)
            {
                lock (gate)
                {
                    progress.Report(text);
                }
            }
        }

        var page = call.Get(_html) is { } file ? Reports.GridFile.Write(grid, file, call.Clock) : null;
        var survivorship = _universe.ReadSurvivorship(call);
        call.Out.Document(() => Documents.Job(grid.Figures.Length, grid.Run, timings, GridDocument.Of(grid, timings, page).With(survivorship)));
        if (!call.Out.Json)
        {
            GridText.Write(call.Out, grid, timings, Math.Max(0, call.Get(_top)), call.Get(_heat));
            SurvivorshipText.Write(call.Out, grid.Request.Universe.Name, survivorship);
            if (page is not null)
            {
                call.Out.Line($"page: {page}");
            }
            else if (call.Get(_heat) is null)
            {
                call.Out.Line("see the whole grid with --heat-map sharpe, --html FILE or --json");
            }
        }

        return ExitCode.Done;
    }

    private GridRequest Request(Invocation call)
    {
        GridStrategy strategy = call.Get(_strategy) switch
        {
            "sma-cross" => new SmaCrossStrategy(Lengths(call, _fast), Lengths(call, _slow)),
            "thrust" => new ThrustStrategy(Signals(call), Lengths(call, _hold)),
            _ => new ScoreStrategy(Scores(call, _buy), Scores(call, _sell)),
        };
        if (strategy is SmaCrossStrategy && call.Get(_fill) == "next-open")
        {
            throw new UsageException("--fill: sma-cross is filled at the close of its signal; leave --fill out, or say --fill same-close");
        }

        var (from, to) = _universe.ReadSpan(call);
        var settings = new BacktestSettings
        {
            InitialCapital = call.Get(_capital),
            CommissionRate = call.Get(_fees),
            SlippageRate = call.Get(_slippage),
            MaxPositions = call.Get(_most),
            Fill = strategy is SmaCrossStrategy || call.Get(_fill) == "same-close" ? FillTime.SameClose : FillTime.NextOpen,
            From = from,
            To = to,
        };
        try
        {
            settings.Validate();
        }
        catch (ArgumentException e)
        {
            throw UsageException.Of(e);
        }

        var rank = call.Get(_rank) switch { "sharpe" => GridRank.Sharpe, "total_return" => GridRank.TotalReturn, _ => GridRank.FinalValue };
        var universe = _universe.Read(call);
        if (strategy is SmaCrossStrategy && universe is not { IsAll: false, IsCounts: false, Symbols.Count: 1 })
        {
            throw new UsageException("--strategy sma-cross trades one symbol: name it with --symbols AAPL, or take --strategy thrust or score");
        }

        return new(universe, _universe.ReadInterval(call), strategy, settings, rank, Walk(call), !call.Get(_without));
    }

    private WalkRequest? Walk(Invocation call) => call.Get(_walk) is not { } how ? null
        : call.Get(_train) >= 2 && call.Get(_test) >= 1 ? new(how == "anchored", call.Get(_train), call.Get(_test))
        : throw new UsageException("--train: at least 2 dates to choose on, and --test: at least 1 to trade on");

    private static decimal[] Values(Invocation call, Option<string> option)
    {
        try
        {
            return ParameterRange.Parse(call.Get(option)!);
        }
        catch (FormatException e)
        {
            throw new UsageException($"{option.Name}: {e.Message}");
        }
    }

    private static double[] Scores(Invocation call, Option<string> option) =>
        Array.ConvertAll(Values(call, option), v => v is >= 0 and <= 100 ? (double)v : throw new UsageException($"{option.Name}: {v} is no score: 0 to 100"));

    private static int[] Lengths(Invocation call, Option<string> option) =>
        Array.ConvertAll(Values(call, option), v => v >= 1 && v <= 1_000_000 && v == decimal.Truncate(v)
            ? (int)v
            : throw new UsageException($"{option.Name}: {v} is no number of bars: whole, from 1"));

    private string[] Signals(Invocation call)
    {
        string[] names = [.. call.Get(_signal)!.Split(',', StringSplitOptions.TrimEntries).Select(name =>
            BuySignals.Names.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException($"--signal: no signal '{name}'; there are {string.Join(", ", BuySignals.Names)}"))];
        return names.Distinct().Count() == names.Length ? names : throw new UsageException("--signal: a signal is named twice");
    }
}
