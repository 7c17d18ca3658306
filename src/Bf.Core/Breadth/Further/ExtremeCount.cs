namespace Bf.Core.Breadth.Further;

/// <summary>Symbols whose price is the highest, or the lowest, of their last so many bars.</summary>
internal sealed class ExtremeCount(string name, int n, Func<FurtherBars, int[]> runs) : FurtherMeasure(name, n - 1)
{
    public override void Measure(FurtherBars bars, Span<long> adds)
    {
        var run = runs(bars);
        for (var i = FirstBar; i < bars.Count; i++)
        {
            adds[i] = run[i] >= n ? 1 : 0;
        }
    }
}
