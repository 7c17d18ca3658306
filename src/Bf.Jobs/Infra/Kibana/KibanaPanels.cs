using Bf.Jobs.Infra.Kibana.Panels;

namespace Bf.Jobs.Infra.Kibana;

/// <summary>The panels of the dashboard "Breadth and thrust", in reading order.</summary>
internal static class KibanaPanels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<KibanaPanel> All { get; } =
    [
        ScorePanel.Make(), ThrustTimelinePanel.Make(),
        AdvanceDeclinePanel.Make(), McClellanPanel.Make(),
        AboveAveragePanel.Make(), ExtremesPanel.Make(),
        ThrustTablePanel.Make(), BacktestPanel.Make(),
        RunsPanel.Make(), StreamsPanel.Make(),
    ];
}
