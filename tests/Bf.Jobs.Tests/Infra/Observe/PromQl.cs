using System.Text.RegularExpressions;

namespace Bf.Jobs.Tests.Infra.Observe;

/// <summary>The names that a query of Prometheus' language asks for: metrics, and labels.</summary>
internal sealed partial class PromQl
{
    private static readonly HashSet<string> Operators = ["and", "or", "unless", "bool", "offset", "inf", "nan"];
    private static readonly HashSet<string> Grouping = ["by", "without", "on", "ignoring", "group_left", "group_right"];

    private readonly SortedSet<string> _metrics = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _labels = new(StringComparer.Ordinal);

    private PromQl(string text)
    {
        var tokens = Token().Matches(text).Select(m => m.Value).ToList();
        for (var i = 0; i < tokens.Count; i++)
        {
            var next = i + 1 < tokens.Count ? tokens[i + 1] : "";
            if (tokens[i] == "{")
            {
                i = Matchers(tokens, i + 1);
            }
            else if (Grouping.Contains(tokens[i]) && next == "(")
            {
                for (i += 2; tokens[i] != ")"; i++)
                {
                    if (tokens[i] != ",")
                    {
                        _labels.Add(tokens[i]);
                    }
                }
            }
            else if (IsName(tokens[i]) && next != "(" && !Grouping.Contains(next) && !Operators.Contains(tokens[i]))
            {
                _metrics.Add(tokens[i]);
            }
        }
    }

    public IReadOnlyCollection<string> Metrics => _metrics;

    public IReadOnlyCollection<string> Labels => _labels;

    /// <summary>Reads a query, or one of Grafana's <c>label_values(query, label)</c>.</summary>
    public static PromQl Of(string text)
    {
        if (LabelValues().Match(text) is { Success: true } match)
        {
            var inner = new PromQl(match.Groups[1].Value);
            inner._labels.Add(match.Groups[2].Value);
            return inner;
        }

        return new(text);
    }

    private static bool IsName(string token) => char.IsAsciiLetter(token[0]) || token[0] is '_' or ':';

    private int Matchers(List<string> tokens, int i)
    {
        for (; tokens[i] != "}"; i++)
        {
            if (tokens[i] == "__name__")
            {
                _metrics.UnionWith(tokens[i + 2].Trim('"').Split('|'));
            }
            else if (IsName(tokens[i]))
            {
                _labels.Add(tokens[i]);
            }
        }

        return i;
    }

    // strings, ranges with what stands for them in Grafana, numbers with units, names, comparisons, single signs
    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|\[[^\]]*\]|\d[\w.]*|[A-Za-z_:][\w:]*|=~|!~|!=|>=|<=|==|\S
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();

    [GeneratedRegex(@"^label_values\((.+),\s*(\w+)\)$")]
    private static partial Regex LabelValues();
}
