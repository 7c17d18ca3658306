using Bf.Jobs.Spark.Connect.Protocol;

namespace Bf.Jobs.Spark.Connect;

/// <summary>A stage of what Spark runs.</summary>
/// <param name="Id">Its number on the cluster.</param>
/// <param name="Tasks">How many tasks it has.</param>
/// <param name="DoneTasks">How many are done; a stage that is skipped stays at 0.</param>
/// <param name="BytesRead">What its tasks have read from files.</param>
/// <param name="Done">Whether it is done.</param>
internal readonly record struct SparkStage(long Id, long Tasks, long DoneTasks, long BytesRead, bool Done);

/// <summary>What is told while a statement runs. <paramref name="changed"/> is called by the thread that reads the statement's answers, when there is news.</summary>
internal sealed class SparkWatch(Action<SparkWatch>? changed = null)
{
    private volatile SparkStage[] _stages = [];

    /// <summary>The operation on the server, once the statement was sent.</summary>
    public string? OperationId { get; private set; }

    /// <summary>The stages known by now, in the order of their numbers. May be read from any thread.</summary>
    public IReadOnlyList<SparkStage> Stages => _stages;

    /// <summary>Tasks that run at this moment.</summary>
    public long RunningTasks { get; private set; }

    /// <summary>When the server told anything last, by <see cref="Environment.TickCount64"/>. Every two seconds it tells something.</summary>
    public long Heard { get; private set; }

    internal void Begin(string operation)
    {
        (OperationId, RunningTasks, _stages) = (operation, 0, []);
        changed?.Invoke(this);
    }

    internal void Tell(ExecutePlanResponse.Types.ExecutionProgress progress)
    {
        var stages = new SparkStage[progress.Stages.Count];
        for (var i = 0; i < stages.Length; i++)
        {
            var s = progress.Stages[i];
            stages[i] = new(s.StageId, s.NumTasks, Math.Min(s.NumCompletedTasks, s.NumTasks), // a stage that was interrupted counts some twice
                s.InputBytesRead, s.Done);
        }

        Heard = Environment.TickCount64;
        Array.Sort(stages, static (a, b) => a.Id.CompareTo(b.Id));
        // the server repeats itself: it sends what it knows at intervals, and once more at the end
        if (progress.NumInflightTasks != RunningTasks || !stages.AsSpan().SequenceEqual(_stages))
        {
            (RunningTasks, _stages) = (progress.NumInflightTasks, stages);
            changed?.Invoke(this);
        }
    }
}
