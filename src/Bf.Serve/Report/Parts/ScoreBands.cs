using Bf.Core.Signals;

namespace Bf.Serve.Report.Parts;

/// <summary>The score's bands, as charts and sentences show them.</summary>
internal static class ScoreBands
{
    public const int Buy = (int)BreadthScore.Buy;

    public const int Sell = (int)BreadthScore.Sell;
}
