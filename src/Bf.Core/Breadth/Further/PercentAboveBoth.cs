namespace Bf.Core.Breadth.Further;

/// <summary>The share of symbols above both a short and a long simple mean.</summary>
internal sealed class PercentAboveBoth : FurtherFamily
{
    private const int Short = 20;
    private const int Long = 200;

    private FurtherIndicator? _only;

    public override string Name => "pct_above20_200";

    public override string Title => "Percent above both 20 and 200";

    public override string Measures => "Share of symbols above both their 20-bar and their 200-bar mean";

    public override string Formula => "100 above20_200 / elig200; above: as above20 and as above200, on the same bar";

    public override string Source => "definition; each mean alone: " + PercentAboveSma.Catalog;

    public override string Note => "No published form of the two together was found";

    public override BarColumns Reads => BarColumns.AdjClose;

    public override IReadOnlyList<FurtherIndicator> Standard => [_only ??= Make()];

    internal override FurtherIndicator? Find(string name) => name is "pct_above20_200" or "above20_200" ? Standard[0] : null;

    private FurtherIndicator Make() =>
        new(
            this, null, Long - 1,
            [
                FurtherColumns.Eligible("elig200", Long),
                FurtherColumns.Count("above20_200", Long - 1, "Symbols above both means", "of elig200: adjusted close above the mean of its last 20 and above that of its last 200"),
                FurtherColumns.Percent(Name, Long - 1, Measures, "above20_200", "elig200", Source),
            ],
            [new AboveBoth()]);

    private sealed class AboveBoth() : FurtherMeasure("above20_200", Long - 1)
    {
        // The most ticks of a price leave room for the sum of 252 of them.
        public override void Measure(FurtherBars bars, Span<long> adds)
        {
            var ticks = bars.AdjCloses;
            long sumShort = 0, sumLong = 0;
            for (var i = 0; i < ticks.Length; i++)
            {
                sumShort += ticks[i] - (i >= Short ? ticks[i - Short] : 0);
                sumLong += ticks[i] - (i >= Long ? ticks[i - Long] : 0);
                adds[i] = Short * ticks[i] > sumShort && Long * ticks[i] > sumLong ? 1 : 0;
            }
        }
    }
}
