using Bf.Jobs.Spark.Connect.Grpc;
using Bf.Jobs.Spark.Connect.Protocol;

namespace Bf.Jobs.Spark.Connect;

/// <summary>
/// A statement on the server that outlives the connection: its responses are numbered and kept there until released,
/// so that whoever lost the stream attaches again after the last one he got (Spark's "reattachable execution").
/// </summary>
internal sealed class SparkExecution : IDisposable
{
    private const int MostLosses = 10;
    private const int ReleaseAfterBytes = 2 << 20;

    private readonly SparkServer _server;
    private readonly OperationRequests _requests;
    private readonly Plan _plan;
    private readonly SparkWatch? _watch;
    private readonly ReattachTimes _times;
    private readonly CancellationToken _cancel;
    private ResponseStream? _stream;
    private Task<bool> _release = Task.FromResult(true);
    private string? _last;
    private long _unreleased;
    private long _life;
    private long _attached;
    private long _heard;
    private int _losses;
    private bool _sent;
    private bool _over;
    private readonly StatementWatch? _told;

    public SparkExecution(SparkServer server, Plan plan, SparkWatch? watch, ReattachTimes times, CancellationToken cancel)
    {
        (_server, _plan, _watch, _times, _cancel) = (server, plan, watch, times, cancel);
        _requests = new(server);
        _told = StatementWatch.Begin(server.Address.ToString()!);
    }

    /// <summary>The next batch of rows; null when the statement is done. A command's answer comes whole and without its number of rows (-1).</summary>
    /// <exception cref="SparkException">It failed.</exception>
    /// <exception cref="ServiceDownException">The server is gone.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; disposing ends it on the server.</exception>
    public ExecutePlanResponse.Types.ArrowBatch? Next()
    {
        while (!_over)
        {
            _cancel.ThrowIfCancellationRequested();
            try
            {
                if (Receive() is not { } response)
                {
                    // the server ends each stream after a time or a size, whatever is still to come
                    Lose("the server ends the answer again and again");
                    continue;
                }

                (_last, _losses, _life, _heard) = (response.ResponseId is { Length: > 0 } id ? id : _last, 0, Environment.TickCount64, Environment.TickCount64);
                switch (response.ResponseTypeCase)
                {
                    case ExecutePlanResponse.ResponseTypeOneofCase.ArrowBatch:
                        Release(response.ArrowBatch.Data.Length);
                        return response.ArrowBatch;
                    case ExecutePlanResponse.ResponseTypeOneofCase.SqlCommandResult when response.SqlCommandResult.Relation?.LocalRelation is { HasData: true } rows:
                        return new() { RowCount = -1, Data = rows.Data };
                    case ExecutePlanResponse.ResponseTypeOneofCase.ExecutionProgress:
                        _watch?.Tell(response.ExecutionProgress);
                        break;
                    case ExecutePlanResponse.ResponseTypeOneofCase.ResultComplete:
                        _over = true;
                        _told?.Done();
                        break;
                }
            }
            catch (LostConnectionException e)
            {
                Recover(e.Message);
            }
            catch (GrpcException e) when (e.Status.Code == GrpcCode.Unavailable)
            {
                Recover(e.Status.Message);
            }
            catch (GrpcException e)
            {
                switch (SparkErrors.ClassOf(e.Status))
                {
                    case "INVALID_HANDLE.OPERATION_NOT_FOUND" when _last is null && _losses > 0:
                        _sent = false; // the connection was lost before the statement arrived
                        Lose(e.Status.Message);
                        break;
                    case "INVALID_HANDLE.OPERATION_ALREADY_EXISTS" when _losses > 0: // it arrived late
                    case "INVALID_CURSOR.DISCONNECTED": // the server noticed our second attachment before the end of the first
                        Lose(e.Status.Message);
                        break;
                    default:
                        _over = true;
                        _cancel.ThrowIfCancellationRequested(); // an interrupted statement ends with an error too
                        var failure = _server.Explain(e);
                        _told?.Failed(failure);
                        throw failure;
                }
            }
        }

        return null;
    }

    /// <summary>Ends the statement on the server where it is not done, and lets it forget the responses.</summary>
    public void Dispose()
    {
        var running = _sent && !_over;
        _over = true;
        using var told = _told;
        _stream?.Dispose();
        if (_sent && (!running || _server.TellAsync("Interrupt", _requests.Interrupt(), InterruptResponse.Parser).GetAwaiter().GetResult()))
        {
            _release.GetAwaiter().GetResult();
            _server.TellAsync("ReleaseExecute", _requests.Release(null), ReleaseExecuteResponse.Parser).GetAwaiter().GetResult();
        }
    }

    /// <summary>The next response; null where the stream ended. While nothing comes, the server is asked whether it is there.</summary>
    private ExecutePlanResponse? Receive()
    {
        var stream = _stream ??= Attach();
        while (!stream.Wait(_times.Silence, _cancel))
        {
            if (!_server.Answers(_times.Probe, _cancel))
            {
                throw new LostConnectionException("the server fell silent");
            }

            _life = Environment.TickCount64;
            if (_life - Math.Max(_attached, _heard) > _times.LongSilence.TotalMilliseconds)
            {
                Drop(); // the server is there: perhaps only this stream was lost
                stream = _stream = Attach();
            }
        }

        return stream.Take();
    }

    private ResponseStream Attach()
    {
        _attached = Environment.TickCount64;
        if (!_sent)
        {
            (_sent, _life) = (true, _attached);
            _watch?.Begin(_requests.Id);
            return new(_server, "ExecutePlan", _requests.Execute(_plan));
        }

        return new(_server, "ReattachExecute", _requests.Reattach(_last));
    }

    private void Drop()
    {
        _stream?.Dispose();
        _stream = null;
    }

    /// <summary>The stream is over before the statement: the next one goes on from there, unless that leads nowhere.</summary>
    private void Lose(string reason)
    {
        Drop();
        // a stream that lived for a while was none of many that end at once
        _losses = Environment.TickCount64 - _attached > 5000 ? 1 : _losses + 1;
        if (_losses > MostLosses)
        {
            throw _server.Down(reason);
        }

        if (_losses > 1)
        {
            _cancel.WaitHandle.WaitOne(_times.PauseAfter(_losses - 1));
        }
    }

    /// <summary>The connection is lost: waits for the server, on new connections, for a limited time.</summary>
    private void Recover(string reason)
    {
        Lose(reason);
        var deadline = Math.Min(Environment.TickCount64 + (long)_times.Patience.TotalMilliseconds, _life + (long)_times.Longest.TotalMilliseconds);
        for (var attempts = 1; ; attempts++)
        {
            _cancel.ThrowIfCancellationRequested();
            _server.Reset();
            var left = deadline - Environment.TickCount64;
            if (_server.Answers(TimeSpan.FromMilliseconds(Math.Clamp(left, 1000, _times.Probe.TotalMilliseconds)), _cancel))
            {
                _life = Environment.TickCount64;
                return;
            }

            if (left <= 0)
            {
                var down = _server.Down($"it did until the connection was lost: {reason}");
                _told?.Failed(down);
                throw down;
            }

            _cancel.WaitHandle.WaitOne(_times.PauseAfter(attempts));
        }
    }

    /// <summary>Lets the server forget what has been read: one call at a time, beside the reading.</summary>
    private void Release(int bytes)
    {
        _unreleased += bytes;
        if (_unreleased >= ReleaseAfterBytes && _release.IsCompleted)
        {
            _unreleased = 0;
            _release = _server.TellAsync("ReleaseExecute", _requests.Release(_last), ReleaseExecuteResponse.Parser);
        }
    }
}
