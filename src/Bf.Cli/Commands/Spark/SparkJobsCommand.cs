using System.Globalization;
using System.Text.Json.Nodes;
using Bf.Jobs.Spark;

namespace Bf.Cli.Commands.Spark;

/// <summary><c>bf spark jobs</c>.</summary>
internal sealed class SparkJobsCommand : BfCommand
{
    public SparkJobsCommand()
        : base("jobs", "what bf runs on the Spark cluster now: of any process and machine that uses the same Spark Connect server, with its stages",
            "bf spark jobs", "bf spark jobs --json") => Do(Run);

    private static int Run(Invocation call)
    {
        var remote = call.Settings.Of("SPARK_REMOTE").Value!;
        using var jobs = SparkJobs.Open(remote, call.Clock, call.Cancel);
        var running = jobs.List(call.Cancel);
        call.Out.Document(() => new JsonObject { ["rows"] = running.Count, ["jobs"] = new JsonArray([.. running.Select(Json)]) });
        if (running.Count > 0)
        {
            var table = new TextTable("run", "since", "by", "progress", "command");
            foreach (var job in running)
            {
                table.Add(job.Run, Age(call.Clock.GetUtcNow() - job.Began), job.By, Progress(job), job.Command);
            }

            call.Out.Table(table.Folded());
            call.Out.Line("end one with: bf spark cancel RUN");
        }
        else
        {
            call.Out.Line("bf runs nothing on this cluster");
        }

        return ExitCode.Done;
    }

    /// <summary>A run as JSON.</summary>
    public static JsonObject Json(SparkJob job) => new()
    {
        ["run"] = job.Run,
        ["command"] = job.Command,
        ["by"] = job.By,
        ["began"] = job.Began.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["silent_seconds"] = Math.Round(job.Silent.TotalSeconds, 1),
        ["lost"] = job.IsLost,
        ["stages"] = new JsonArray([.. job.Stages.Select(s => new JsonObject { ["stage"] = s.Id, ["tasks"] = s.Tasks, ["tasks_done"] = s.DoneTasks, ["bytes_read"] = s.BytesRead, ["done"] = s.Done })]),
    };

    private static string Progress(SparkJob job)
    {
        if (job.IsLost)
        {
            return $"silent for {Age(job.Silent)}";
        }

        var (done, tasks, bytes) = (job.Stages.Sum(s => s.DoneTasks), job.Stages.Sum(s => s.Tasks), job.Stages.Sum(s => s.BytesRead));
        return job.Stages.FirstOrDefault(s => !s.Done) is { } stage
            ? string.Create(CultureInfo.InvariantCulture, $"stage {stage.Id}: {stage.DoneTasks} of {stage.Tasks} tasks; in all {done} of {tasks}{(bytes > 0 ? $", {bytes / 1e6:0.0} MB" : "")}")
            : "between statements";
    }

    private static string Age(TimeSpan age) => age.TotalMinutes < 1 ? $"{(int)age.TotalSeconds} s" : age.TotalHours < 1 ? $"{(int)age.TotalMinutes} min" : $"{(int)age.TotalHours} h {age.Minutes} min";
}
