using Bf.Core.Breadth.Further;
using Bf.Core.Signals;

namespace Bf.Jobs.Generate;

/// <summary>What a result rests on beside bars, members and dates. It is stored with the results, so that what is read back is understood as it was computed.</summary>
/// <param name="Score">How the score is made.</param>
/// <param name="Indicators">The indicators beyond the usual ones.</param>
public sealed record GenerateSettings(ScoreSettings Score, FurtherSet Indicators)
{
    private const string IndicatorsAre = ";indicators=";

    /// <summary>What holds where nothing else is said.</summary>
    public static GenerateSettings Usual { get; } = new(ScoreSettings.Default, FurtherSet.None);

    /// <summary>The settings as a text, the same for every way of asking for the same.</summary>
    public string Text => $"{Score}{IndicatorsAre}{Indicators.Text}";

    /// <summary>The settings of a stored text.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static GenerateSettings Parse(string text)
    {
        var at = text.IndexOf(IndicatorsAre, StringComparison.Ordinal);
        return at < 0 ? throw new FormatException($"'{text}' are no settings, such as {Usual.Text}") : new(ScoreSettings.FromText(text[..at]), FurtherSet.Resolve(text[(at + IndicatorsAre.Length)..]));
    }
}
