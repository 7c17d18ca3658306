namespace Bf.Core.Breadth.Further;

/// <summary>Finds the names that a mistyped one may mean.</summary>
public static class NearNames
{
    private const int MostShown = 3;

    /// <summary>The candidates that hold the name, or else the nearest by edits, if few edits do; at most three.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="candidates">What may be meant.</param>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> candidates)
    {
        string[] known = [.. candidates];
        string[] holding = [.. known.Where(c => name.Length >= 3 && c.Contains(name, StringComparison.Ordinal)).Take(MostShown)];
        if (holding.Length > 0)
        {
            return holding;
        }

        var few = Math.Max(2, name.Length / 4);
        var edits = Array.ConvertAll(known, c => Edits(name, c));
        var least = edits.Length == 0 ? int.MaxValue : edits.Min();
        return least > few ? [] : [.. known.Where((_, i) => edits[i] == least).Take(MostShown)];
    }

    /// <summary>The number of letters to insert, delete or replace to make one name the other (Levenshtein, 1965).</summary>
    internal static int Edits(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
