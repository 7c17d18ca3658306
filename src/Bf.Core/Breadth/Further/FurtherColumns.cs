namespace Bf.Core.Breadth.Further;

/// <summary>Makes the columns of indicators that are computed only where they were asked for.</summary>
internal static class FurtherColumns
{
    private const string Unasked = "it was not asked for with --indicators";

    private static bool[] s_nowhere = [];

    /// <summary>A count that the kernel makes.</summary>
    public static BreadthColumn Count(string name, int warmUp, string measures, string formula, string unit = "symbols") =>
        new(name, warmUp, unit, measures, formula, "count", Unasked, p => Of(p.Tally, name) ?? new long[p.Count], p => Known(p.Tally, name));

    /// <summary>Symbols with enough bars: of the usual counts where there is such a one.</summary>
    public static BreadthColumn Eligible(string name, int bars) =>
        UsualEligible(name) is { } usual
            ? new(name, bars - 1, "symbols", $"Symbols with {bars} bars", $"symbols with at least {bars} bars so far", "count", usual)
            : Count(name, bars - 1, $"Symbols with {bars} bars", $"symbols with at least {bars} bars so far");

    /// <summary>Whether a count is made in every run, so that it need not be asked for.</summary>
    public static bool IsUsual(string name) => UsualEligible(name) is not null;

    /// <summary>100 part / whole, undefined where the whole is 0.</summary>
    public static BreadthColumn Percent(string name, int warmUp, string measures, string part, string whole, string source) =>
        new(name, warmUp, "percent", measures, $"100 {part} / {whole}", source, $"{Unasked}, or {whole} is 0", p => Ratio(p.Tally, 100.0, Of(p.Tally, part), Of(p.Tally, whole)));

    /// <summary>a / (a + b), undefined where both are 0.</summary>
    public static BreadthColumn Share(string name, int warmUp, string measures, string a, string b, string source) =>
        new(name, warmUp, "share, 0 to 1", measures, $"{a} / ({a} + {b})", source, $"{Unasked}, or both are 0", p => Share(p.Tally, Of(p.Tally, a), Of(p.Tally, b)));

    /// <summary>a - b.</summary>
    public static BreadthColumn Difference(string name, int warmUp, string measures, string a, string b, string source) =>
        new(name, warmUp, "symbols", measures, $"{a} - {b}", source, Unasked, p => Difference(p.Tally, Of(p.Tally, a), Of(p.Tally, b)), p => Known(p.Tally, a) ?? Known(p.Tally, b));

    private static TallyColumn? UsualEligible(string name) => name switch
    {
        "elig20" => TallyColumn.Elig20,
        "elig50" => TallyColumn.Elig50,
        "elig200" => TallyColumn.Elig200,
        "elig252" => TallyColumn.Elig252,
        _ => null,
    };

    private static long[]? Of(BreadthTally tally, string name) => UsualEligible(name) is { } usual ? tally[usual] : tally.Further(name);

    private static bool[]? Known(BreadthTally tally, string name) =>
        Of(tally, name) is not null ? null : s_nowhere.Length == tally.Count ? s_nowhere : s_nowhere = new bool[tally.Count];

    private static double[] Ratio(BreadthTally tally, double scale, long[]? part, long[]? whole) =>
        part is null || whole is null ? Undefined(tally) : SeriesMath.Ratio(tally.Count, scale, i => part[i], i => whole[i]);

    // Two sums that fit 63 bits may add up to more.
    private static double[] Share(BreadthTally tally, long[]? a, long[]? b) =>
        a is null || b is null ? Undefined(tally) : SeriesMath.Each(tally.Count, i => a[i] == 0 && b[i] == 0 ? double.NaN : a[i] / (double)((ulong)a[i] + (ulong)b[i]));

    private static long[] Difference(BreadthTally tally, long[]? a, long[]? b) =>
        a is null || b is null ? new long[tally.Count] : SeriesMath.Each(tally.Count, i => a[i] - b[i]);

    private static double[] Undefined(BreadthTally tally)
    {
        var values = new double[tally.Count];
        Array.Fill(values, double.NaN);
        return values;
    }
}
