using System.Diagnostics;
using System.Text.Json;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>The real Spark with Delta Lake, where this machine has it.</summary>
internal static class SparkSql
{
    private static readonly string? Program = Repository.Shared("stack", "spark-sql");

    /// <summary>Why there is none; null when there is one.</summary>
    public static string? Missing =>
        Program is null ? "../shared/stack is not here"
        : Environment.GetEnvironmentVariable("PATH")!.Split(':').All(p => !File.Exists(Path.Combine(p, "java"))) ? "there is no Java"
        : null;

    /// <summary>The answers to statements that give <c>k</c> and <c>v</c>, in order; the test is skipped where there is no Spark.</summary>
    public static List<(string Key, string Value)> Run(params IEnumerable<string> statements) => Run(statements, new Dictionary<string, string>());

    /// <summary>The same, with settings by which Spark finds a bucket.</summary>
    public static List<(string Key, string Value)> Run(IEnumerable<string> statements, IReadOnlyDictionary<string, string> settings)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        var start = new ProcessStartInfo(Program!, ["SET spark.databricks.delta.snapshotPartitions=1", "SET spark.sql.shuffle.partitions=1", .. statements]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, string.Join('\n', error.Result.Split('\n').Where(l => l.Contains("xception", StringComparison.Ordinal) || l.Contains("rror", StringComparison.Ordinal)).Take(5)));
        return [.. output.Split('\n').Where(l => l.StartsWith("{\"k\"", StringComparison.Ordinal)).Select(l => JsonDocument.Parse(l).RootElement).Select(r => (r.GetProperty("k").GetString()!, r.GetProperty("v").GetString()!))];
    }
}
