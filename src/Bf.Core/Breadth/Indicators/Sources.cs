namespace Bf.Core.Breadth.Indicators;

/// <summary>Publications that more than one indicator rests on.</summary>
internal static class Sources
{
    public const string Count = "count";
    public const string Zweig = "Martin Zweig, Winning on Wall Street (1986)";
    public const string Murphy = "John Murphy, Technical Analysis of the Financial Markets (1999), ch. 18";
    public const string McClellan = "Sherman and Marian McClellan, Patterns for Profit (1970)";
    public const string Whaley = "Wayne Whaley, Planes, Trains and Automobiles (Charles H. Dow Award 2010)";
    public const string StockCharts = "StockCharts, ChartSchool";
}
