using Bf.Core.Breadth.Further;

namespace Bf.Jobs.Generate;

/// <summary>What a result rests on beside bars, members and dates. It is stored with the results, so that what is read back is understood as it was computed.</summary>
/// <param name="Indicators">The indicators beyond the usual ones.</param>
public sealed record GenerateSettings(FurtherSet Indicators)
{
    /// <summary>What holds where nothing else is said.</summary>
    public static GenerateSettings Usual { get; } = new(FurtherSet.None);

    /// <summary>The settings as a text, the same for every way of asking for the same.</summary>
    public string Text => $"indicators: {Indicators.Text}";

    /// <summary>The settings of a stored text.</summary>
    public static GenerateSettings Parse(string text)
    {
        var indicators = "";
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = colon < 0 ? (part, "") : (part[..colon], part[(colon + 1)..].Trim());
            indicators = name == "indicators" ? value : indicators;
        }

        return new(FurtherSet.Resolve(indicators));
    }
}
