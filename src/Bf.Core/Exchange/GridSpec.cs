using System.Globalization;
using System.Text;
using Bf.Core.Backtest.Grid;

namespace Bf.Core.Exchange;

/// <summary>A span of dates that settings are traded over, both ends inclusive.</summary>
/// <param name="First">The first date, from 0.</param>
/// <param name="Last">The last one.</param>
public readonly record struct TrialSpan(int First, int Last);

/// <summary>
/// A grid of crossing averages that workers in other processes compute, as lines of text: <c>bf-grid 1</c>, then <c>settings CAPITAL FEES YEAR</c>,
/// then <c>span FIRST LAST</c>, <c>pair FAST SLOW</c> and <c>close PRICE</c>, as often as there are, between tabs. Doubles stand as the 16 hexadecimal
/// digits of their bits, so that nothing is rounded. Trials are numbered span by span: the pair p over the span s is s x pairs + p.
/// </summary>
/// <param name="Closes">Adjusted closes, one a bar.</param>
/// <param name="Pairs">The pairs.</param>
/// <param name="Settings">How to trade; its span is replaced by each of the spans.</param>
/// <param name="Spans">The spans over which each pair is traded.</param>
public sealed record GridSpec(double[] Closes, SmaPair[] Pairs, SmaCrossSettings Settings, IReadOnlyList<TrialSpan> Spans)
{
    private const string Header = "bf-grid 1";

    /// <summary>The number of trials: every pair over every span.</summary>
    public long Trials => (long)Pairs.Length * Spans.Count;

    /// <summary>The text; the same for the same grid.</summary>
    public string ToText()
    {
        var text = new StringBuilder(Header).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"settings\t{Bits(Settings.InitialCapital)}\t{Bits(Settings.Fees)}\t{Bits(Settings.DatesPerYear)}\n");
        foreach (var span in Spans)
        {
            text.Append(CultureInfo.InvariantCulture, $"span\t{span.First}\t{span.Last}\n");
        }

        foreach (var pair in Pairs)
        {
            text.Append(CultureInfo.InvariantCulture, $"pair\t{pair.Fast}\t{pair.Slow}\n");
        }

        foreach (var close in Closes)
        {
            text.Append("close\t").Append(Bits(close)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads the text back.</summary>
    /// <exception cref="FormatException">It is of another version, or a line is none of these; the message names it.</exception>
    public static GridSpec Parse(TextReader text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.ReadLine() is var header && header != Header)
        {
            throw new FormatException($"what to try begins with '{header}', but this worker reads '{Header}'");
        }

        var settings = new SmaCrossSettings();
        List<TrialSpan> spans = [];
        List<SmaPair> pairs = [];
        List<double> closes = [];
        for (var line = 2; text.ReadLine() is { } row; line++)
        {
            switch (row.Split('\t'))
            {
                case ["close", var close] when Double(close, out var price):
                    closes.Add(price);
                    break;
                case ["pair", var fast, var slow] when Index(fast, out var f) && Index(slow, out var s):
                    pairs.Add(new(f, s));
                    break;
                case ["span", var first, var last] when Index(first, out var from) && Index(last, out var to):
                    spans.Add(new(from, to));
                    break;
                case ["settings", var capital, var fees, var year] when Double(capital, out var c) && Double(fees, out var f) && Double(year, out var y):
                    settings = settings with { InitialCapital = c, Fees = f, DatesPerYear = y };
                    break;
                default:
                    throw new FormatException($"what to try, line {line}: '{row}' is not understood");
            }
        }

        return new([.. closes], [.. pairs], settings, spans);
    }

    private static string Bits(double value) => BitConverter.DoubleToUInt64Bits(value).ToString("X16", CultureInfo.InvariantCulture);

    private static bool Double(string text, out double value)
    {
        var read = ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) && text.Length == 16;
        value = BitConverter.UInt64BitsToDouble(bits);
        return read;
    }

    private static bool Index(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
