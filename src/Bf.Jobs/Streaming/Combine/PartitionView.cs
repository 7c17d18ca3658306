namespace Bf.Jobs.Streaming.Combine;

/// <summary>A partition as its reports show it. When it has changed hands, what the last owner said stands until the new one has counted as far: nothing is taken back meanwhile.</summary>
internal sealed class PartitionView
{
    private readonly Dictionary<long, long[][]> _tallies = [];
    private PartitionView? _successor;

    /// <summary>The newest report that counts.</summary>
    public PartitionReport Last { get; private set; } = new(-1, -1);

    /// <summary>The newest that was heard of the partition, also from one who has not counted as far yet.</summary>
    public PartitionReport Newest => _successor?.Last ?? Last;

    /// <summary>Whether a report was taken.</summary>
    public bool IsKnown => Last.Partition >= 0;

    /// <summary>Takes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="changed">Called for each tally that is another now: its time, what it was (null: nothing), what it is (null: nothing).</param>
    /// <returns>False where all tallies of this owner have to be asked for first.</returns>
    public bool Take(PartitionReport report, Action<long, long[][]?, long[][]?> changed)
    {
        if (report.Epoch < Newest.Epoch)
        {
            return true; // from one who has lost the partition and does not know it yet
        }

        if (report.Epoch == Last.Epoch || !IsKnown)
        {
            return Apply(report, changed);
        }

        if (_successor is null || _successor.Last.Epoch != report.Epoch)
        {
            _successor = new PartitionView();
        }

        if (!_successor.Apply(report, static (_, _, _) => { }))
        {
            return false;
        }

        if (_successor.Last.Next >= Last.Next)
        {
            Succeed(_successor, changed);
        }

        return true;
    }

    /// <summary>Forgets the tallies before a time.</summary>
    public void Forget(long before)
    {
        foreach (var ts in _tallies.Keys.Where(t => t < before).ToList())
        {
            _tallies.Remove(ts);
        }

        _successor?.Forget(before);
    }

    private bool Apply(PartitionReport report, Action<long, long[][]?, long[][]?> changed)
    {
        if (report.Epoch != Last.Epoch && !report.Whole)
        {
            return false;
        }

        foreach (var tally in report.Tallies)
        {
            changed(tally.Ts, _tallies.GetValueOrDefault(tally.Ts), tally.Counts);
            _tallies[tally.Ts] = tally.Counts;
        }

        if (!report.More)
        {
            Last = report with { Tallies = [] };
        }
        else if (report.Epoch != Last.Epoch)
        {
            // of an owner that is new, nothing counts before all was said
            Last = new(report.Partition, report.Epoch) { Next = -1 };
        }

        return true;
    }

    private void Succeed(PartitionView successor, Action<long, long[][]?, long[][]?> changed)
    {
        foreach (var (ts, counts) in _tallies)
        {
            if (!successor._tallies.ContainsKey(ts))
            {
                changed(ts, counts, null);
            }
        }

        foreach (var (ts, counts) in successor._tallies)
        {
            changed(ts, _tallies.GetValueOrDefault(ts), counts);
        }

        _tallies.Clear();
        foreach (var (ts, counts) in successor._tallies)
        {
            _tallies[ts] = counts;
        }

        (Last, _successor) = (successor.Last, null);
    }
}
