using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Lake.Delta;

/// <summary>What is told of a change of a table: a span, and figures. There is none while nobody listens.</summary>
internal sealed class CommitWatch : IDisposable
{
    private readonly string _table;
    private readonly TimeProvider _clock;
    private readonly long _began;
    private readonly Span? _span;
    private long _conflicts;

    private CommitWatch(string table, TimeProvider clock)
    {
        (_table, _clock, _began) = (table, clock, clock.GetTimestamp());
        _span = Span.Begin($"commit {table}")?.Set("db.collection.name", table);
    }

    /// <summary>Begins, where somebody listens.</summary>
    public static CommitWatch? Begin(string table, TimeProvider clock) => Span.IsOn || Meters.IsOn ? new(table, clock) : null;

    /// <summary>It came about.</summary>
    public void Committed(long version, string operation)
    {
        _span?.Set("bf.table.version", version).Set("db.operation.name", operation);
        Count("committed");
    }

    /// <summary>Another writer was first.</summary>
    public void Conflict()
    {
        _span?.Set("bf.conflicts", ++_conflicts);
        Instruments.LakeCommits.Record(1, _table, "conflict");
    }

    /// <summary>It failed; for a filter of exceptions, which it passes none to.</summary>
    public bool Failed(Exception e)
    {
        if (e is not OperationCanceledException)
        {
            _span?.Failed(e);
            Count("failed");
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _span?.Dispose();

    private void Count(string outcome)
    {
        Instruments.LakeCommits.Record(1, _table, outcome);
        Instruments.LakeCommitDuration.Record(_clock.GetElapsedTime(_began).TotalSeconds, _table, outcome);
    }
}
