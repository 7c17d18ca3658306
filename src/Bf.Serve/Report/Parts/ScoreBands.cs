namespace Bf.Serve.Report.Parts;

/// <summary>The score's bands, as charts and sentences show them.</summary>
internal static class ScoreBands
{
    public const int Buy = 60;

    public const int Sell = 40;
}
