using System.Globalization;
using System.Text;
using Bf.Core.Breadth.Further;
using Bf.Core.Market;

namespace Bf.Core.Exchange;

/// <summary>
/// What a worker in another process is to count, as lines of text: <c>bf-scan 1</c>, then <c>further NAMES</c>, then <c>all NAME</c> for a
/// universe of every symbol, or <c>universe NAME</c> and its <c>member SYMBOL FROM TO</c> (microseconds since 1970-01-01 UTC, To exclusive), between tabs.
/// </summary>
/// <param name="Universes">The universes; rows that come back carry an index into this list.</param>
/// <param name="Further">What is counted beyond the usual.</param>
public sealed record ScanSpec(IReadOnlyList<Universe> Universes, FurtherSet Further)
{
    private const string Header = "bf-scan 1";

    /// <summary>The text; the same for the same universes and counts.</summary>
    public string ToText()
    {
        var text = new StringBuilder(Header).Append('\n').Append(CultureInfo.InvariantCulture, $"further\t{Further.Text}\n");
        foreach (var universe in Universes)
        {
            text.Append(universe.IsAll ? "all\t" : "universe\t").Append(universe.Name).Append('\n');
            foreach (var symbol in universe.Symbols)
            {
                foreach (var stay in universe.StaysOf(symbol))
                {
                    text.Append(CultureInfo.InvariantCulture, $"member\t{symbol}\t{stay.From}\t{stay.To}\n");
                }
            }
        }

        return text.ToString();
    }

    /// <summary>Reads the text back.</summary>
    /// <exception cref="FormatException">It is of another version, or a line is none of these; the message names it.</exception>
    public static ScanSpec Parse(TextReader text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.ReadLine() is var header && header != Header)
        {
            throw new FormatException($"what to count begins with '{header}', but this worker reads '{Header}'");
        }

        var universes = new List<Universe>();
        var further = FurtherSet.None;
        string? open = null;
        List<(string, Membership)> members = [];
        for (var line = 2; text.ReadLine() is { } row; line++)
        {
            switch (row.Split('\t'))
            {
                case ["further", var names]:
                    further = FurtherSet.Resolve(names);
                    break;
                case ["all", _]:
                    Close();
                    universes.Add(Universe.All);
                    break;
                case ["universe", var name]:
                    Close();
                    open = name;
                    break;
                case ["member", var symbol, var from, var to] when open is not null && Number(from, out var first) && Number(to, out var last):
                    members.Add((symbol, new(first, last)));
                    break;
                default:
                    throw new FormatException($"what to count, line {line}: '{row}' is not understood");
            }
        }

        Close();
        return new(universes, further);

        void Close()
        {
            if (open is not null)
            {
                universes.Add(Universe.Of(open, members));
            }

            (open, members) = (null, []);
        }
    }

    private static bool Number(string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
