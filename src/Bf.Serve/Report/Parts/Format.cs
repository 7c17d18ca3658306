using System.Globalization;

namespace Bf.Serve.Report.Parts;

/// <summary>Numbers and dates as people read them: separators, a true minus sign, a dash for what is undefined.</summary>
internal static class Format
{
    public const string Undefined = "–";

    private const long MicrosecondsPerDay = 86_400_000_000;

    public static string Number(double? value, int decimals = 0)
    {
        if (value is not { } v || !double.IsFinite(v))
        {
            return Undefined;
        }

        var text = Math.Abs(v).ToString("N" + decimals, CultureInfo.InvariantCulture);
        return v < 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? "−" + text : text;
    }

    public static string Signed(double? value, int decimals = 0) => WithPlus(value, Number(value, decimals));

    /// <summary>A fraction as per cent: 0.123 is 12.3%.</summary>
    public static string Percent(double? fraction, int decimals = 0) => Points(fraction * 100, decimals);

    public static string SignedPercent(double? fraction, int decimals = 0) => WithPlus(fraction, Percent(fraction, decimals));

    /// <summary>What is in per cent already: 12.3 is 12.3%.</summary>
    public static string Points(double? percent, int decimals = 0)
    {
        var text = Number(percent, decimals);
        return text == Undefined ? text : text + "%";
    }

    /// <summary>A count and its noun: 1 thrust, 2 thrusts.</summary>
    public static string Count(long n, string noun) => $"{Number(n)} {noun}{(n == 1 ? "" : "s")}";

    /// <summary>A date in a sentence: 5 Mar 2024.</summary>
    public static string Day(long ts) => When(ts).ToString(ts % MicrosecondsPerDay == 0 ? "d MMM yyyy" : "d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A date in a table: 2024-03-05, with the time of day where there is one.</summary>
    public static string Iso(long ts) => When(ts).ToString(ts % MicrosecondsPerDay == 0 ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A month: March 2024.</summary>
    public static string Month(long ts) => When(ts).ToString("MMM yyyy", CultureInfo.InvariantCulture);

    public static DateTime When(long ts) => DateTime.UnixEpoch.AddTicks(ts * TimeSpan.TicksPerMicrosecond);

    private static string WithPlus(double? value, string text) => value > 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? "+" + text : text;
}
