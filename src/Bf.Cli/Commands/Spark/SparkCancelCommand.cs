using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Jobs.Spark;

namespace Bf.Cli.Commands.Spark;

/// <summary><c>bf spark cancel</c>.</summary>
internal sealed class SparkCancelCommand : BfCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = "a run as bf spark jobs names it, or the beginning of its name; all for every one" };

    public SparkCancelCommand()
        : base("cancel", "end what bf runs on the Spark cluster, whatever process began it; that one ends with exit code 1 and says who wanted it. Tables stay as they were",
            "bf spark cancel 20250131T180501.123Z-4f2a1c", "bf spark cancel all")
    {
        Arguments.Add(_run);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        using var jobs = SparkJobs.Open(call.Settings.Of("SPARK_REMOTE").Value!, call.Clock, call.Cancel);
        var ended = jobs.Cancel(call.Get(_run)!, call.Cancel);
        call.Out.Document(() => new JsonObject
        {
            ["rows"] = ended.Count,
            ["cancelled"] = new JsonArray([.. ended.Select(e =>
            {
                var job = SparkJobsCommand.Json(e.Job);
                job["statements"] = e.Statements;
                job["process"] = e.Left switch { Left.Itself => "left", Left.Before => "gone before", _ => "not left yet" };
                return job;
            })]),
        });
        foreach (var (statements, job, left) in ended)
        {
            call.Out.Line($"{job.Run}: {(statements > 0 ? "ended on the cluster" : "ran no statement at this moment")}; its process {left switch { Left.Itself => "has left", Left.Before => "was gone before", _ => "has not left yet: it does when it is done with what it does on its own machine" }}");
        }

        if (ended.Count == 0)
        {
            call.Out.Line("bf runs nothing on this cluster");
        }

        return ExitCode.Done;
    }
}
