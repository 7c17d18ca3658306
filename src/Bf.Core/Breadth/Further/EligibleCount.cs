namespace Bf.Core.Breadth.Further;

/// <summary>Symbols with at least so many bars so far.</summary>
internal sealed class EligibleCount(string name, int bars) : FurtherMeasure(name, bars - 1)
{
    public override void Measure(FurtherBars bars, Span<long> adds) => adds[FirstBar..bars.Count].Fill(1);
}
