using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Lake.Delta;

/// <summary>A Delta table can't be read or written; the message says which, why, and what to do.</summary>
public sealed class DeltaException : Exception
{
    /// <summary>An error with its message.</summary>
    public DeltaException(string message)
        : base(message)
    {
    }

    /// <summary>A table that is not whole, and what to do.</summary>
    internal static DeltaException Damaged(string place, string problem, Exception? cause = null) =>
        new($"{place}: {problem}; {DamagedFile.Advice(Path.GetFileName(place))}", cause!) { Problem = problem };

    /// <summary>What is wrong, without the table's place and the advice; null when the message says it all.</summary>
    internal string? Problem { get; private init; }

    /// <summary>An error with its cause.</summary>
    public DeltaException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
