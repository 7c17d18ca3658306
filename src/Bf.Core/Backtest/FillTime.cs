namespace Bf.Core.Backtest;

/// <summary>When an order that was decided at a close is filled.</summary>
public enum FillTime
{
    /// <summary>At the symbol's next open.</summary>
    NextOpen,
    /// <summary>
    /// At that very close. The price that made the signal is then the price paid, which nobody can do: a close is known when it is
    /// over. For comparing with studies that reckon so.
    /// </summary>
    SameClose,
}
