namespace Bf.Jobs.Lake.Delta;

/// <summary>A Delta table can't be read or written; the message says which, why, and what to do.</summary>
public sealed class DeltaException : Exception
{
    /// <summary>An error with its message.</summary>
    public DeltaException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public DeltaException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
