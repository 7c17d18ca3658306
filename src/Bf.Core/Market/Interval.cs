namespace Bf.Core.Market;

/// <summary>The length of a bar, as it stands in table names: 1d, 5m, 1h, ...</summary>
public readonly record struct Interval
{
    private Interval(string name) => Name = name;

    /// <summary>Daily bars.</summary>
    public static Interval Day { get; } = new("1d");

    /// <summary>The interval's name.</summary>
    public string Name { get; }

    /// <summary>Whether a bar stands for a trading day.</summary>
    public bool IsDaily => Name == "1d";

    /// <summary>The length in seconds; a day's is 24 hours.</summary>
    public int Seconds => int.Parse(Name.AsSpan(0, Name.Length - 1), System.Globalization.CultureInfo.InvariantCulture) * (Name[^1] switch { 'd' => 86_400, 'h' => 3_600, _ => 60 });

    /// <summary>Reads an interval.</summary>
    /// <exception cref="FormatException">It is none of 1m, 2m, 5m, 10m, 15m, 30m, 1h, 1d.</exception>
    public static Interval Parse(string text) => TryParse(text, out var interval)
        ? interval
        : throw new FormatException($"'{text}' is no interval; known are 1d and, within the day, 1m, 2m, 5m, 10m, 15m, 30m, 1h");

    /// <summary>Reads an interval; false when the text is none.</summary>
    public static bool TryParse(string text, out Interval interval)
    {
        var known = text is "1m" or "2m" or "5m" or "10m" or "15m" or "30m" or "1h" or "1d";
        interval = known ? new(text) : default;
        return known;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
