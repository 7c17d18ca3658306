using System.Text.Json.Nodes;
using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Backtests;

/// <summary>Backtests in the tables <c>backtests</c>, <c>trades</c> and <c>equity</c>.</summary>
internal sealed class BacktestStore(DataLake lake)
{
    private const int MostFiles = 16;

    /// <summary>Saves a backtest. The row of <c>backtests</c> comes last, so that one that can be found is whole.</summary>
    public void Save(BacktestRun b)
    {
        using var connection = DuckDatabase.Connect();
        Append(connection, Tables.Trades, b.Trades, (row, t) => row.Add(b.Run).Add(t.Symbol).Add(t.EntryTs).Add(t.EntryPrice).Add(t.ExitTs).Add(t.ExitPrice).Add(t.Shares)
            .Add(t.Commission).Add(t.Slippage).Add(t.Pnl).Add(t.Signal).Add(t.SignalTs).Add(t.Reason is { } reason ? BacktestWords.Of(reason) : null).Add(BacktestWords.Of(t.Side)).Add(t.Borrow));
        Append(connection, Tables.Equity, b.Equity, (row, e) => row.Add(b.Run).Add(e.Ts).Add(e.Equity).Add(e.Cash).Add(e.Exposure).Add(e.Index).Add(e.Basket).Add(e.Interest));
        Append(connection, Tables.Backtests, [b], (row, _) =>
        {
            var (s, t, p, index, basket) = (b.Settings, b.Trading, b.Strategy, b.Index, b.Basket);
            row.Add(b.Run).Add(b.Universe).Add(b.Interval).Add(b.Signal).Add(b.Equity.Count > 0 ? b.Equity[0].Ts : null).Add(b.Equity.Count > 0 ? b.Equity[^1].Ts : (long?)null)
                .Add(s.InitialCapital).Add(s.PositionSize).Add(s.MaxPositions).Add(s.CommissionRate).Add(s.SlippageRate).Add(s.HoldDays)
                .Add(b.Equity.Count > 0 ? b.Equity[^1].Equity : null).Add(p.TotalReturn).Add(p.Cagr).Add(p.AnnualVolatility).Add(p.Sharpe).Add(p.Sortino)
                .Add(p.MaxDrawdown).Add(p.DrawdownDates).Add(t.Trades).Add(t.ClosedTrades).Add(t.SignalsTaken).Add((long)b.Unfilled).Add(t.HitRate)
                .Add(t.SignalHitRate).Add(t.AverageTrade).Add(t.Exposure).Add(t.Turnover).Add(t.Commission).Add(t.Slippage);
            foreach (var other in (Performance?[])[index, basket])
            {
                row.Add(other?.TotalReturn).Add(other?.Cagr).Add(other?.Sharpe).Add(other?.MaxDrawdown);
            }

            row.Add(b.Rules.Exit).Add(BacktestWords.Of(b.Rules.Side)).Add(BacktestWords.Of(s.Fill)).Add(t.SignalsFired).Add(t.Interest).Add(t.Borrow)
                .Add(SettingsDocument.Of(b.Rules, s).ToJsonString());
        });
    }

    /// <summary>Reads a backtest back; the last one when no run is named.</summary>
    /// <exception cref="JobException">There is none; the message says how to make one.</exception>
    public BacktestRun Load(string? run)
    {
        using var connection = DuckDatabase.Connect();
        using var rows = new RowReader(connection.Query($"SELECT * FROM {Relation(Tables.Backtests)} {(run is null ? "" : $"WHERE run = {DuckConnection.Quote(run)}")} ORDER BY run DESC LIMIT 1"));
        if (!rows.Next())
        {
            throw new JobException(run is null ? "no backtest was saved yet; save one with: bf backtest run --save-results" : $"no backtest '{run}' was saved; see them with: bf query \"SELECT run, signal, cagr FROM backtests\"");
        }

        var name = rows.Text("run")!;
        var (rules, settings) = rows.Text("settings") is { } text ? SettingsDocument.Read((JsonObject)JsonNode.Parse(text)!) : Before(rows);
        return new BacktestRun
        {
            Run = name,
            Universe = rows.Text("universe")!,
            Interval = rows.Text("interval")!,
            Rules = rules,
            Settings = settings,
            Trading = new()
            {
                Trades = rows.Long("trades")!.Value,
                ClosedTrades = rows.Long("closed_trades")!.Value,
                SignalsFired = rows.Long("signals_fired"),
                SignalsTaken = rows.Long("signals_taken")!.Value,
                HitRate = rows.Real("hit_rate"),
                SignalHitRate = rows.Real("signal_hit_rate"),
                AverageTrade = rows.Real("average_trade"),
                Exposure = rows.Real("exposure"),
                Turnover = rows.Real("turnover"),
                Commission = rows.Real("commission") ?? 0,
                Slippage = rows.Real("slippage") ?? 0,
                Borrow = rows.Real("borrow") ?? 0,
                Interest = rows.Real("interest") ?? 0,
            },
            Unfilled = (int)(rows.Long("unfilled") ?? 0),
            Trades = Trades(connection, name, settings.CommissionRate),
            Equity = Equity(connection, name),
        };
    }

    /// <summary>The settings of a backtest of before they were kept whole: it bought at the next open, and nothing but time closed a position.</summary>
    private static (StrategySettings Rules, BacktestSettings Settings) Before(RowReader rows) => (new(rows.Text("signal")!), new()
    {
        InitialCapital = rows.Real("initial_capital")!.Value,
        PositionSize = rows.Real("position_size"),
        MaxPositions = rows.Int("max_positions"),
        CommissionRate = rows.Real("commission_rate")!.Value,
        SlippageRate = rows.Real("slippage_rate")!.Value,
        HoldDays = rows.Int("hold_days"),
    });

    private List<Trade> Trades(DuckConnection connection, string run, double commissionRate)
    {
        var trades = new List<Trade>();
        using var rows = new RowReader(connection.Query($"SELECT * FROM {Relation(Tables.Trades)} WHERE run = {DuckConnection.Quote(run)} ORDER BY entry_ts, symbol"));
        while (rows.Next())
        {
            var (entry, shares, commission) = (rows.Real("entry_price")!.Value, rows.Real("shares")!.Value, rows.Real("commission")!.Value);
            ExitReason? reason = rows.Text("exit_reason") is { } word ? BacktestWords.Reason(word) : null;
            trades.Add(new Trade(rows.Text("symbol")!, rows.Text("signal")!, rows.Long("signal_ts")!.Value, rows.Long("entry_ts")!.Value, entry, rows.Long("exit_ts"), rows.Real("exit_price"),
                null, reason, shares, shares * entry * (1 + commissionRate), commission, rows.Real("slippage")!.Value, rows.Real("pnl")!.Value,
                rows.Text("side") == "short" ? TradeSide.Short : TradeSide.Long, rows.Real("borrow") ?? 0));
        }

        return trades;
    }

    private List<EquityRow> Equity(DuckConnection connection, string run)
    {
        var equity = new List<EquityRow>();
        using var rows = new RowReader(connection.Query($"SELECT * FROM {Relation(Tables.Equity)} WHERE run = {DuckConnection.Quote(run)} ORDER BY ts"));
        while (rows.Next())
        {
            equity.Add(new EquityRow(rows.Long("ts")!.Value, rows.Real("equity")!.Value, rows.Real("cash")!.Value, rows.Real("exposure"), rows.Real("interest") ?? 0, rows.Real("index_equity"), rows.Real("basket_equity")));
        }

        return equity;
    }

    private string Relation(TableSchema schema)
    {
        var table = lake.Table(schema);
        return table.Relation(table.Load());
    }

    private void Append<T>(DuckConnection connection, TableSchema schema, IReadOnlyList<T> items, Action<RowWriter, T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        connection.Execute($"DROP TABLE IF EXISTS new_{schema.Name}; {schema.CreateTemporary($"new_{schema.Name}")}");
        using (var rows = connection.Append($"new_{schema.Name}", [.. schema.Columns.Select(c => c.DuckType)]))
        {
            var writer = new RowWriter(rows, schema.Columns.Length);
            foreach (var item in items)
            {
                write(writer, item);
                writer.End();
            }

            rows.Complete();
        }

        var table = lake.Table(schema);
        table.Update(_ =>
        {
            var change = new Change("WRITE");
            change.Add.Add(table.WriteFile(connection, $"SELECT * FROM new_{schema.Name}")!);
            return change;
        });
        Compaction.Tidy(table, connection, MostFiles);
    }
}
