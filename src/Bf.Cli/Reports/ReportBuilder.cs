using System.Globalization;
using Bf.Cli.Commands;
using Bf.Core.Backtest;
using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Core.Statistics;
using Bf.Jobs.Backtests;
using Bf.Jobs.Inventory;
using Bf.Jobs.Signals;
using Bf.Jobs.Universes;
using Bf.Serve.Report;

namespace Bf.Cli.Reports;

/// <summary>Fills the report's model from a universe's results and a backtest.</summary>
internal static class ReportBuilder
{
    private static readonly int[] Horizons = [5, 20, 60, 120, 250];

    public static ReportModel Build(SignalReader signals, Universe universe, Survivorship survivorship, BarSummary bars, ReportInputs inputs, string sourceText, DateTimeOffset now)
    {
        var (panel, backtest) = (signals.Panel, inputs.Backtest);
        var forward = new ForwardReturns(BreadthColumns.Find("index_ew")!.Reals(panel));
        return new ReportModel
        {
            Universe = new(universe.Name, (int)(universe.IsAll ? bars.Symbols : universe.Symbols.Count), bars.Interval, survivorship.PointInTime, survivorship.Text),
            Run = new(
                backtest?.Run ?? "", now.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture), sourceText,
                [new("bf", Program.Version), new("method", Jobs.Generate.Fingerprint.Versions), .. VersionsOf(bars, inputs.Read)],
                backtest is null ? [] : [.. SettingsOf(backtest)]),
            Series = new ReportSeries
            {
                Ts = panel.Ts,
                IndexEw = Column("index_ew"),
                AdLine = Column("ad_line"),
                MccOsc = Column("mcc_osc"),
                MccSum = Column("mcc_sum"),
                PctAbove50 = Column("pct_above50"),
                PctAbove200 = Column("pct_above200"),
                NewHighs = Eligible("nh252"),
                NewLows = Eligible("nl252"),
                UpVolumeShare = Column("upvol_ratio"),
                Score = Defined(signals.Score.Values),
                Thin = [.. Coverage.Thin(panel.Tally).Select(d => new ReportThinDate(d.Ts, d.Symbols, d.Usual))],
            },
            LastDay = panel.Count > 0 ? LastDay(signals) : null,
            Detectors = [.. Detectors.All.Select(d => new ReportDetector(d.Name, d.Title, d.Formula))],
            Horizons = Horizons,
            Thrusts = [.. Detectors.All.Index().SelectMany(d => Thrusts(signals, d.Index, forward))],
            FollowUps = [.. Detectors.All.Index().SelectMany(d => ThrustFollowUp.Of([.. signals.Memory.Fires[d.Index].Select(f => f.Index)], forward, Horizons)
                .Select(o => new ReportFollowUp(d.Item.Name, o.Horizon, o.Events, o.Mean, o.HitRate, o.BaseMean)))],
            Evaluation = inputs.Evaluation is { } e ? new(e.Results, EvaluateRequest.UsualDraws, EvaluateRequest.UsualSeed, backtest is null ? null : Detectors.Find(backtest.Signal)?.Name) : null,
            BacktestFirst = inputs.BacktestFirst,
            Backtest = backtest is { Equity.Count: > 0 } ? BacktestPart.Of(backtest, inputs.Review, inputs.Read, bars.Version) : null,
        };

        double?[] Column(string name)
        {
            var column = BreadthColumns.Find(name)!;
            return column.Kind == ColumnKind.Integer ? [.. column.Integers(panel).Select(v => (double?)v)] : Defined(column.Reals(panel));
        }

        double?[] Eligible(string name) => [.. Column(name).Select((v, i) => panel.Tally[TallyColumn.Elig252][i] > 0 ? v : null)];
    }

    private static IEnumerable<ReportThrust> Thrusts(SignalReader signals, int detector, ForwardReturns forward)
    {
        var fires = signals.Memory.Fires[detector];
        var outcomes = ThrustFollowUp.Of([.. fires.Select(f => f.Index)], forward, Horizons);
        return fires.Select((f, i) => new ReportThrust(
            Detectors.All[detector].Name, signals.Panel.Ts[f.Index], double.IsFinite(f.Value) ? f.Value : null, f.Threshold, f.DaysSinceLow, [.. outcomes.Select(o => o.Returns[i])]));
    }

    private static ReportDay LastDay(SignalReader signals)
    {
        var (panel, last) = (signals.Panel, signals.Panel.Count - 1);
        var eligible = panel.Tally[TallyColumn.Elig252][last] > 0;
        return new ReportDay
        {
            Ts = panel.Ts[last],
            Advances = panel.Tally[TallyColumn.Adv][last],
            Declines = panel.Tally[TallyColumn.Dec][last],
            Unchanged = panel.Tally[TallyColumn.Unch][last],
            Issues = panel.Tally[TallyColumn.Issues][last],
            UpVolumeShare = At("upvol_ratio"),
            PctAbove50 = At("pct_above50"),
            PctAbove200 = At("pct_above200"),
            NewHighs = eligible ? panel.Tally[TallyColumn.Nh252][last] : null,
            NewLows = eligible ? panel.Tally[TallyColumn.Nl252][last] : null,
            MccOsc = At("mcc_osc"),
            MccSum = At("mcc_sum"),
            Score = double.IsFinite(signals.Score.Values[last]) ? signals.Score.Values[last] : null,
            State = signals.Score.States[last] switch
            {
                SignalState.Buy => ReportState.Buy,
                SignalState.Sell => ReportState.Sell,
                SignalState.Hold => ReportState.Hold,
                _ => null,
            },
            Parts = [.. signals.Score.Explain(last).Parts.Select(p => new ReportScorePart(p.Family.Title, double.IsFinite(p.Clipped) ? 50 + (50 * p.Clipped / BreadthScore.Cut) : null, p.Weight, p.Family.Formula))],
        };

        double? At(string name)
        {
            var value = BreadthColumns.Find(name)!.At(panel, last);
            return double.IsFinite(value) ? value : null;
        }
    }

    private static IEnumerable<ReportSetting> VersionsOf(BarSummary bars, IReadOnlyDictionary<string, long> read)
    {
        yield return new($"bars_{bars.Interval}", $"version {bars.Version}");
        foreach (var (table, version) in read)
        {
            yield return new($"{table}, as the backtest read it", $"version {version}");
        }
    }

    private static IEnumerable<ReportSetting> SettingsOf(BacktestRun b) =>
        SettingsDocument.Of(b.Rules, b.Settings).Where(s => s.Key is not ("from_ts" or "to_ts")).Select(s => new ReportSetting(s.Key, s.Value?.ToString() ?? "not set"));

    private static double?[] Defined(double[] values) => [.. values.Select(v => double.IsFinite(v) ? v : (double?)null)];
}
