namespace Bf.Jobs.Spark;

/// <summary>How a Spark cluster is reached, and what it needs beside itself.</summary>
/// <param name="Remote">The Spark Connect server, as <c>sc://host:port</c>.</param>
/// <param name="WorkerFile">The program that executors are sent.</param>
/// <param name="Needs">Services that the work rests on: asked while it lasts, so that nobody waits for one that is gone.</param>
/// <param name="Progress">Told what runs, now and then.</param>
public sealed record SparkOptions(string Remote, string WorkerFile, IReadOnlyList<ServiceProbe> Needs, Action<string> Progress)
{
    /// <summary>The command that the work is for, as <c>bf spark jobs</c> shows it.</summary>
    public string Command { get; init; } = "";

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the build puts the worker for a kind of machine.</summary>
    /// <param name="runtime"><c>linux-x64</c> or <c>linux-arm64</c>.</param>
    public static string BuiltWorker(string runtime) => Path.Combine(AppContext.BaseDirectory, "worker", runtime, "bf-worker");
}
