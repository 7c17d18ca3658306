using Bf.Core.Signals;

namespace Bf.Jobs.Infra.Kibana;

/// <summary>
/// Colours that are told apart on Kibana's light and dark ground, and by readers who do not tell red from green: blue for what rises, orange for
/// what falls, as in the report. Kibana's theme colours axes and legends, but not the text of marks: that is a grey halfway between both grounds.
/// </summary>
internal static class PanelInk
{
    public const string Up = "#3f88c5", Down = "#d9680f", Score = "#1f9e89", Muted = "#8a93a0", Text = "#7a818c";

    // neighbours in the catalogue are of one kind, so neighbours here are of one hue
    private static readonly string[] OfDetectors =
    [
        "#3f88c5", "#7fb0dc", "#1f9e89", "#62c2b1", "#b066c0", "#cf97da", "#8f7fd1",
        "#d9680f", "#eda05f", "#d1495b", "#a39a2a", "#8c6d4f", "#b79a7c", "#5c7f9c", "#c76da0", "#6f9d4e",
    ];

    /// <summary>A detector's colour: by its place in the catalogue, so that a new one has a colour too.</summary>
    public static string Of(Detector detector) => OfDetectors[Detectors.All.Index().First(d => d.Item.Name == detector.Name).Index % OfDetectors.Length];
}
