namespace Bf.Core.Market;

/// <summary>
/// The rules that a bar must keep to enter the lake. One that breaks a rule goes to quarantine under the rule's name.
/// </summary>
public static class BarRules
{
    /// <summary>Open and close may lie outside high and low by this share, since vendors round.</summary>
    public const double RangeTolerance = 0.0001;

    /// <summary>A row has another number of fields than the header.</summary>
    public const string FieldCount = "field_count";

    /// <summary>A date that can't be read.</summary>
    public const string UnreadableDate = "unreadable_date";

    /// <summary>A number that can't be read, or is missing.</summary>
    public const string UnreadableNumber = "unreadable_number";

    /// <summary>A row without symbol.</summary>
    public const string SymbolMissing = "symbol_missing";

    /// <summary>A symbol with control characters, or with bytes that are no UTF-8.</summary>
    public const string SymbolUnreadable = "symbol_unreadable";

    /// <summary>A bar of another length than the file is imported as.</summary>
    public const string OtherInterval = "other_interval";

    /// <summary>Rows of one import that disagree on a symbol and date.</summary>
    public const string Conflict = "conflict";

    /// <summary>A date in the future.</summary>
    public const string FutureDate = "future_date";

    /// <summary>A message of a stream that is no JSON object with a bar's fields.</summary>
    public const string UnreadableMessage = "unreadable_message";

    /// <summary>A bar of a stream that comes more than two times of its partition late.</summary>
    public const string Late = "late";

    /// <summary>A message without a key, in a topic of several partitions.</summary>
    public const string NoKey = "no_key";

    /// <summary>A message whose key is another than its symbol.</summary>
    public const string KeyDiffers = "key_differs";

    /// <summary>A volume with which the sum of its time would not fit 64 bits.</summary>
    public const string VolumeTooLarge = "volume_too_large";

    private const string PriceNotFinite = "price_not_finite";
    private const string PriceNotPositive = "price_not_positive";
    private const string PriceTooLarge = "price_too_large";
    private const string HighBelowLow = "high_below_low";
    private const string OpenOutsideRange = "open_outside_range";
    private const string CloseOutsideRange = "close_outside_range";
    private const string VolumeNegative = "volume_negative";

    /// <summary>Each rule's name and what breaks it.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [FieldCount] = "another number of fields than the header",
        [UnreadableDate] = "a date that can't be read",
        [UnreadableNumber] = "a price or volume that is no number",
        [SymbolMissing] = "no symbol",
        [SymbolUnreadable] = "a symbol with control characters, or in another encoding than UTF-8",
        [OtherInterval] = "a bar of another length than --interval says",
        [FutureDate] = "a date in the future",
        [PriceNotFinite] = "a price that is not finite",
        [PriceNotPositive] = $"a price below one tick (1/{Ticks.PerUnit:0})",
        [PriceTooLarge] = $"a price above {Ticks.MaxPrice:0}",
        [HighBelowLow] = "high below low",
        [OpenOutsideRange] = "open outside low and high by more than 0.01 %",
        [CloseOutsideRange] = "close outside low and high by more than 0.01 %",
        [VolumeNegative] = "a negative volume",
        [UnreadableMessage] = "a message that is no JSON object",
        [Late] = "a bar of a stream that comes more than two times late",
        [NoKey] = "a message without key, in a topic of several partitions: a symbol's bars have to meet in one",
        [KeyDiffers] = "a message whose key is another than its symbol",
        [VolumeTooLarge] = "a volume with which the sum of its time would not fit 64 bits",
        [Conflict] = "rows of one import that disagree on a symbol and date",
    };

    /// <summary>The rule that a symbol breaks, or null.</summary>
    public static string? BrokenSymbol(string symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        if (symbol.Length == 0)
        {
            return SymbolMissing;
        }

        foreach (var c in symbol)
        {
            if (char.IsControl(c) || c == '\uFFFD')
            {
                return SymbolUnreadable;
            }
        }

        return null;
    }

    /// <summary>The first rule that a bar breaks, or null when it keeps them all.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="now">The present time, microseconds since 1970-01-01 UTC.</param>
    public static string? Broken(in Bar bar, long now)
    {
        if (bar.Ts > now)
        {
            return FutureDate;
        }

        if (!(double.IsFinite(bar.Open) && double.IsFinite(bar.High) && double.IsFinite(bar.Low) && double.IsFinite(bar.Close) && double.IsFinite(bar.AdjClose)))
        {
            return PriceNotFinite;
        }

        var least = Math.Min(Math.Min(bar.Open, bar.High), Math.Min(Math.Min(bar.Low, bar.Close), bar.AdjClose));
        if (least * Ticks.PerUnit < 1)
        {
            return PriceNotPositive;
        }

        if (Math.Max(Math.Max(bar.Open, bar.High), Math.Max(bar.Close, bar.AdjClose)) > Ticks.MaxPrice)
        {
            return PriceTooLarge;
        }

        if (bar.High < bar.Low)
        {
            return HighBelowLow;
        }

        if (bar.Open > bar.High * (1 + RangeTolerance) || bar.Open < bar.Low * (1 - RangeTolerance))
        {
            return OpenOutsideRange;
        }

        if (bar.Close > bar.High * (1 + RangeTolerance) || bar.Close < bar.Low * (1 - RangeTolerance))
        {
            return CloseOutsideRange;
        }

        return bar.Volume < 0 ? VolumeNegative : null;
    }
}
