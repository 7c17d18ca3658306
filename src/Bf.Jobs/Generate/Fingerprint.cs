using System.Text;
using Bf.Core.Market;

namespace Bf.Jobs.Generate;

/// <summary>A number for what a result rests on beside the bars: when it differs, the result is computed anew.</summary>
public static class Fingerprint
{
    /// <summary>The versions of kernel, series and score: raise one when its results change.</summary>
    public const string Versions = "kernel 1, series 3, detectors 2, score 1";

    /// <summary>The fingerprint of a universe's results over a range of dates of one table of bars.</summary>
    internal static long Of(string barsTableId, Universe universe, GenerateSettings settings, long? from, long? to)
    {
        var text = new StringBuilder().AppendLine(Versions).AppendLine(settings.Text).AppendLine(barsTableId).AppendLine(universe.Name)
            .Append(from).Append("..").Append(to).AppendLine();
        return Hash(Members(text, universe));
    }

    /// <summary>The fingerprint of the symbols that a scan covered.</summary>
    internal static long Scope(string barsTableId, Universe universe)
    {
        var text = new StringBuilder(barsTableId).AppendLine();
        return Hash(universe.IsAll ? text.Append("all") : text.AppendJoin('\n', universe.Symbols));
    }

    /// <summary>The fingerprint of what a stream's results rest on beside its bars.</summary>
    internal static long Of(IReadOnlyList<Universe> universes, GenerateSettings settings)
    {
        var text = new StringBuilder().AppendLine(Versions).AppendLine(settings.Text);
        foreach (var universe in universes)
        {
            Members(text.AppendLine(universe.Name), universe);
        }

        return Hash(text);
    }

    /// <summary>The fingerprint of a text.</summary>
    internal static long OfText(string text) => Hash(new(text));

    private static StringBuilder Members(StringBuilder text, Universe universe)
    {
        foreach (var symbol in universe.Symbols)
        {
            text.Append(symbol);
            foreach (var stay in universe.StaysOf(symbol))
            {
                text.Append(' ').Append(stay.From).Append("..").Append(stay.To);
            }

            text.Append('\n');
        }

        return text;
    }

    private static long Hash(StringBuilder text) =>
        (long)(Fnv1a(text.ToString()) & long.MaxValue);

    // FNV-1a: it only has to tell settings apart, and a cryptographic library takes 10 ms to load
    private static ulong Fnv1a(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash;
    }
}
