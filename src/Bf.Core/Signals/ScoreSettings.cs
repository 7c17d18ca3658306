using System.Globalization;

namespace Bf.Core.Signals;

/// <summary>What of the score is a matter of taste: how much each family weighs, and where it says buy and sell.</summary>
public sealed record ScoreSettings
{
    /// <summary>All families weigh the same; buy from 60, sell up to 40.</summary>
    public static ScoreSettings Default { get; } = new();

    /// <summary>Weight of the advances; the weights count in proportion to their sum.</summary>
    public double Advances { get; init; } = 1;

    /// <summary>Weight of the volume.</summary>
    public double Volume { get; init; } = 1;

    /// <summary>Weight of highs and lows.</summary>
    public double HighsLows { get; init; } = 1;

    /// <summary>Weight of the trend.</summary>
    public double Trend { get; init; } = 1;

    /// <summary>The lowest score that says buy.</summary>
    public double Buy { get; init; } = 60;

    /// <summary>The highest score that says sell.</summary>
    public double Sell { get; init; } = 40;

    /// <summary>The weights, in the order of <see cref="ScoreFamily.All"/>.</summary>
    internal double[] Weights => [Advances, Volume, HighsLows, Trend];

    /// <summary>Settings from what a user writes.</summary>
    /// <param name="weights">Weights by family, as <c>advances=1,volume=1,highs_lows=1,trend=1</c>; a family that is not named weighs 0; null for equal weights.</param>
    /// <param name="buy">The lowest score that says buy; null for the usual one.</param>
    /// <param name="sell">The highest score that says sell; null for the usual one.</param>
    /// <exception cref="FormatException">A family is not known or named twice, a number is none, or the settings contradict each other.</exception>
    public static ScoreSettings Parse(string? weights, double? buy = null, double? sell = null)
    {
        var settings = new ScoreSettings { Buy = buy ?? Default.Buy, Sell = sell ?? Default.Sell };
        if (weights is not null)
        {
            settings = settings with { Advances = 0, Volume = 0, HighsLows = 0, Trend = 0 };
            var seen = new List<string>();
            foreach (var part in weights.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var at = part.IndexOf('=');
                var (name, text) = at < 0 ? (part, "1") : (part[..at].TrimEnd(), part[(at + 1)..].TrimStart());
                if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight))
                {
                    throw new FormatException($"'{text}' is no weight of {name}; write for example advances=2,volume=1");
                }

                if (seen.Contains(name))
                {
                    throw new FormatException($"{name} has two weights");
                }

                seen.Add(name);
                settings = settings.WithWeight(name, weight);
            }
        }

        return settings.Checked();
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is none of this form.</exception>
    public static ScoreSettings FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(';');
        return parts.Length == 3 && parts[1].StartsWith("buy=", StringComparison.Ordinal) && parts[2].StartsWith("sell=", StringComparison.Ordinal)
            && double.TryParse(parts[1][4..], NumberStyles.Float, CultureInfo.InvariantCulture, out var buy)
            && double.TryParse(parts[2][5..], NumberStyles.Float, CultureInfo.InvariantCulture, out var sell)
            ? Parse(parts[0], buy, sell)
            : throw new FormatException($"'{text}' are no settings of a score, such as {Default}");
    }

    /// <summary>The settings in one line, the same for the same settings: <c>advances=1,volume=1,highs_lows=1,trend=1;buy=60;sell=40</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"advances={Advances:R},volume={Volume:R},highs_lows={HighsLows:R},trend={Trend:R};buy={Buy:R};sell={Sell:R}");

    /// <summary>The settings, if they make a score.</summary>
    /// <exception cref="FormatException">They do not.</exception>
    internal ScoreSettings Checked()
    {
        foreach (var weight in Weights)
        {
            if (!(weight >= 0 && double.IsFinite(weight)))
            {
                throw new FormatException("a weight is 0 or more");
            }
        }

        if (!(Advances + Volume + HighsLows + Trend > 0))
        {
            throw new FormatException("one family at least has to weigh something");
        }

        return Sell >= 0 && Buy <= 100 && Sell < Buy ? this : throw new FormatException("the score that says sell is 0 or more, and less than the one that says buy, which is 100 or less");
    }

    private ScoreSettings WithWeight(string family, double weight) => family switch
    {
        "advances" => this with { Advances = weight },
        "volume" => this with { Volume = weight },
        "highs_lows" => this with { HighsLows = weight },
        "trend" => this with { Trend = weight },
        _ => throw new FormatException($"the score has no family '{family}'; it has advances, volume, highs_lows, trend"),
    };
}
