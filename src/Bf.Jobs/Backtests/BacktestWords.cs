using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;

namespace Bf.Jobs.Backtests;

/// <summary>The words for choices, the same on the command line, in JSON and in tables. No word at all is the first of a list: what was before there was a choice.</summary>
public static class BacktestWords
{
    /// <summary>The words for <see cref="StrategySide"/>.</summary>
    public static string[] Sides { get; } = ["long", "short", "both"];

    /// <summary>The words for <see cref="FillTime"/>.</summary>
    public static string[] Fills { get; } = ["next-open", "same-close"];

    /// <summary>The words for <see cref="PositionSizing"/>.</summary>
    public static string[] Sizings { get; } = ["equal", "fixed", "volatility"];

    private static readonly string[] Reasons = ["hold_days", "signal", "stop_loss", "trailing_stop", "take_profit", "margin_call", "delisted"];

    /// <summary>The word for a side.</summary>
    public static string Of(StrategySide side) => Sides[(int)side];

    /// <summary>The word for a trade's side.</summary>
    public static string Of(TradeSide side) => Sides[(int)side];

    /// <summary>The word for a time of filling.</summary>
    public static string Of(FillTime fill) => Fills[(int)fill];

    /// <summary>The word for a sizing.</summary>
    public static string Of(PositionSizing sizing) => Sizings[(int)sizing];

    /// <summary>The word for the reason of an exit.</summary>
    public static string Of(ExitReason reason) => Reasons[(int)reason];

    /// <summary>The side of a word.</summary>
    public static StrategySide Side(string? word) => (StrategySide)Place(Sides, word);

    /// <summary>The time of filling of a word.</summary>
    public static FillTime Fill(string? word) => (FillTime)Place(Fills, word);

    /// <summary>The sizing of a word.</summary>
    public static PositionSizing Sizing(string? word) => (PositionSizing)Place(Sizings, word);

    internal static ExitReason Reason(string word) => (ExitReason)Place(Reasons, word);

    private static int Place(string[] words, string? word) => word is null ? 0
        : Array.IndexOf(words, word) is >= 0 and var place ? place
        : throw new JobException($"a saved backtest says '{word}' where only {string.Join(", ", words)} are known; it was saved by a newer bf");
}
