namespace Bf.Core.Breadth;

/// <summary>The runs of a symbol's bars, reused from symbol to symbol. An array of its own: a list's code for it would be compiled at each start.</summary>
internal sealed class DateRuns
{
    private DateRun[] _runs = new DateRun[16];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The runs.</summary>
    public ReadOnlySpan<DateRun> All => new(_runs, 0, Count);

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a run.</summary>
    public void Add(DateRun run)
    {
        if (Count == _runs.Length)
        {
            var larger = new DateRun[2 * Count];
            _runs.CopyTo(larger, 0);
            _runs = larger;
        }

        _runs[Count++] = run;
    }
}
