using System.CommandLine;
using Bf.Jobs;
using Bf.Jobs.Spark;

namespace Bf.Cli.Commands;

/// <summary><c>--engine</c>: whether a command's work is done by this process or by a Spark cluster.</summary>
internal sealed class EngineOption
{
    private readonly Option<string?> _option = new("--engine") { Description = "what does the work: local (this process) or spark (the cluster of SPARK_REMOTE); else BF_ENGINE. The results are the same, bit for bit", HelpName = "local|spark" };

    public EngineOption() => _option.AcceptOnly("local", "spark");

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_option);

    /// <summary>The cluster, where one is asked for; null for this process.</summary>
    /// <exception cref="ServiceDownException">Spark does not answer.</exception>
    public SparkCluster? Open(Invocation call, Progress progress) => (call.Get(_option) ?? call.Settings.Of("BF_ENGINE").Value) switch
    {
        "spark" => SparkCluster.Open(Options(call, progress), call.Cancel),
        "local" => null,
        var other => throw new UsageException($"BF_ENGINE is '{other}', but must be local or spark"),
    };

    /// <summary>Whether this very command asks for a cluster, and not only a setting that holds for all.</summary>
    public bool NamesSpark(Invocation call) => call.Get(_option) == "spark";

    private static SparkOptions Options(Invocation call, Progress progress)
    {
        string Setting(string name) => call.Settings.Of(name).Value!;
        var s3 = Setting("BF_LAKE") is ['s' or 'S', '3', ..] lake && lake.Contains("://", StringComparison.Ordinal); // s3a:// is one too
        ServiceProbe[] needs = s3 ? [new("the store of the lake", Address(Setting("MINIO_ENDPOINT")), "Is MinIO up, and MINIO_ENDPOINT right?")] : [];
        return new(Setting("SPARK_REMOTE"), call.Settings.Of("BF_WORKER").Value ?? SparkOptions.BuiltWorker(Setting("BF_WORKER_RUNTIME")), needs, progress.Report) { Command = call.Arguments, Clock = call.Clock };
    }

    private static Uri Address(string endpoint) =>
        Uri.TryCreate(endpoint.Contains("://", StringComparison.Ordinal) ? endpoint : $"http://{endpoint}", UriKind.Absolute, out var address) ? address
            : throw new UsageException($"MINIO_ENDPOINT is '{endpoint}', but must be an address such as localhost:9000");
}
