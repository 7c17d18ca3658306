using Bf.Jobs.Spark.Connect.Grpc;
using Bf.Jobs.Spark.Connect.Protocol;
using Google.Protobuf;

namespace Bf.Jobs.Spark.Connect;

/// <summary>One attachment to an operation: from ExecutePlan or ReattachExecute until the stream ends, breaks or is dropped.</summary>
internal sealed class ResponseStream : IDisposable
{
    private readonly CancellationTokenSource _abandon = new();
    private readonly Task<GrpcCall<ExecutePlanResponse>> _call;
    private Task<ExecutePlanResponse?>? _next;

    public ResponseStream(SparkServer server, string method, IMessage question) =>
        _call = server.StartAsync(method, question, _abandon.Token);

    /// <summary>Whether the next response is there within a time; <see cref="Take"/> gives it then. May be asked again: nothing is lost.</summary>
    public bool Wait(TimeSpan time, CancellationToken cancel)
    {
        _next ??= NextAsync();
        return Task.WaitAny([_next], (int)time.TotalMilliseconds, cancel) == 0;
    }

    /// <summary>The response that <see cref="Wait"/> found; null at the stream's end.</summary>
    public ExecutePlanResponse? Take()
    {
        var next = _next!;
        _next = null;
        return next.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        // what is still under way ends with the token, unheard
        _abandon.Cancel();
        _next?.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _call.ContinueWith(
            static t =>
            {
                if (t.IsCompletedSuccessfully)
                {
                    t.Result.Dispose();
                }
                else
                {
                    _ = t.Exception;
                }
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task<ExecutePlanResponse?> NextAsync()
    {
        var call = await _call.ConfigureAwait(false);
        return await call.NextAsync(_abandon.Token).ConfigureAwait(false);
    }
}
