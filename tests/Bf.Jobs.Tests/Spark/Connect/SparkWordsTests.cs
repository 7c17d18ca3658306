using Bf.Jobs.Spark.Connect;
using Bf.Jobs.Spark.Connect.Protocol;

namespace Bf.Jobs.Tests.Spark.Connect;

public sealed class SparkWordsTests
{
    [Fact]
    public void A_message_loses_the_stack_and_keeps_what_a_worker_said()
    {
        const string Said = """
            Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times: java.lang.IllegalStateException: exited with 3. Error: line 7: no number
            	at org.apache.spark.scheduler.Task.run(Task.scala:100)
            	... 3 more
            Caused by: java.io.IOException: Broken pipe
            	at java.base/java.lang.Thread.run(Thread.java:840)
            Caused by: java.io.IOException: Broken pipe

            Driver stacktrace:
            """;

        Assert.Equal("""
            Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times: java.lang.IllegalStateException: exited with 3. Error: line 7: no number
            Caused by: java.io.IOException: Broken pipe
            """, SparkStack.Cut(Said));
    }

    [Fact]
    public void A_message_loses_the_plan_behind_it() =>
        Assert.Equal("[TABLE_OR_VIEW_NOT_FOUND] no such table. SQLSTATE: 42P01; line 1 pos 14", SparkStack.Cut("[TABLE_OR_VIEW_NOT_FOUND] no such table. SQLSTATE: 42P01; line 1 pos 14;\n'Project [*]\n+- 'UnresolvedRelation [nowhere], [], false\n"));

    [Fact]
    public void News_are_told_once()
    {
        var told = 0;
        var watch = new SparkWatch(_ => told++);
        watch.Begin("op");
        watch.Tell(Progress(1));
        watch.Tell(Progress(1));
        watch.Tell(Progress(2));

        Assert.Equal((3, "op"), (told, watch.OperationId));
        Assert.Equal([new(0, 4, 4, 0, true), new(5, 8, 2, 1000, false)], watch.Stages);
    }

    private static ExecutePlanResponse.Types.ExecutionProgress Progress(int done) => new()
    {
        Stages =
        {
            new ExecutePlanResponse.Types.ExecutionProgress.Types.StageInfo { StageId = 5, NumTasks = 8, NumCompletedTasks = done, InputBytesRead = 1000 },
            new ExecutePlanResponse.Types.ExecutionProgress.Types.StageInfo { StageId = 0, NumTasks = 4, NumCompletedTasks = 4, Done = true },
        },
    };
}
