namespace Bf.Jobs.Spark;

/// <summary>A stage of a run on the cluster.</summary>
/// <param name="Id">Its number on the cluster.</param>
/// <param name="Tasks">How many tasks it has.</param>
/// <param name="DoneTasks">How many are done.</param>
/// <param name="BytesRead">What its tasks have read from files.</param>
/// <param name="Done">Whether it is done; one that is skipped stays at 0 tasks.</param>
public sealed record SparkJobStage(long Id, long Tasks, long DoneTasks, long BytesRead, bool Done);

/// <summary>A run of bf on a cluster.</summary>
/// <param name="Run">Its name, as in the table <c>runs</c>; of a command that notes no run there, the beginning of its session's id.</param>
/// <param name="Command">The command, as it was given.</param>
/// <param name="By">Who runs it, and where: user@host.</param>
/// <param name="Began">When it began.</param>
/// <param name="Silent">How long it has said nothing; a run that is alive says something every two seconds.</param>
/// <param name="Stages">The stages of the statement that runs; empty between two.</param>
public sealed record SparkJob(string Run, string Command, string By, DateTimeOffset Began, TimeSpan Silent, IReadOnlyList<SparkJobStage> Stages)
{
    // long enough for clocks that differ by some seconds
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether its process is gone, as far as one can tell.</summary>
    public bool IsLost => Silent > Patience;
}

/// <summary>Whether a run's process has left.</summary>
public enum Left
{
    /// <summary>It heard that it was to end, and did.</summary>
    Itself,
    /// <summary>It was gone before.</summary>
    Before,
    /// <summary>It is alive and has not left yet; it does when it is done with what it does on its own machine.</summary>
    NotYet,
}

/// <summary>A run that was asked to end.</summary>
/// <param name="Statements">How many statements of it ran at that moment, and were ended.</param>
/// <param name="Job">The run.</param>
/// <param name="Left">Whether its process has left.</param>
public sealed record CancelledJob(int Statements, SparkJob Job, Left Left);
