namespace Bf.Serve.Report;

/// <summary>What trading cost, and what cash earned.</summary>
/// <param name="Items">By kind.</param>
/// <param name="Total">All costs together, without what cash earned.</param>
/// <param name="ProfitBefore">The profit before costs, in money; without interest.</param>
/// <param name="CagrWithout">The growth a year at no costs at all; null where it was not run.</param>
public sealed record ReportCosts(ReportCost[] Items, ReportCost Total, double ProfitBefore, double? CagrWithout);

/// <summary>A kind of cost.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rate">How it is reckoned, in words.</param>
/// <param name="Money">What was paid; less than 0 is earned.</param>
/// <param name="AYear">The same over the mean equity and the years, a fraction.</param>
public sealed record ReportCost(string Name, string Rate, double Money, double? AYear);

/// <summary>The same strategy on the same bars under another assumption.</summary>
/// <param name="Group">What is varied: costs, delay.</param>
/// <param name="Name">How: "twice", say.</param>
/// <param name="IsRun">Whether it is the run itself.</param>
/// <param name="Cagr">Growth a year.</param>
/// <param name="Sharpe">Sharpe ratio.</param>
/// <param name="MaxDrawdown">Deepest fall, 0 or less.</param>
/// <param name="FinalEquity">Money at the end.</param>
/// <param name="Costs">What trading cost.</param>
public sealed record ReportCase(string Group, string Name, bool IsRun, double? Cagr, double? Sharpe, double? MaxDrawdown, double? FinalEquity, double? Costs);

/// <summary>How sure the record makes.</summary>
/// <param name="AboveZero">The probabilistic Sharpe ratio: how likely the true Sharpe ratio is above 0.</param>
/// <param name="AboveIndex">How likely it is above the index's.</param>
/// <param name="Trades">The trades.</param>
/// <param name="Fired">The signals of the span; null where they were not counted.</param>
/// <param name="Taken">Of these, traded.</param>
public sealed record ReportConfidence(double? AboveZero, double? AboveIndex, long Trades, long? Fired, long Taken);
