using System.Diagnostics;
using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Spark;

/// <summary>
/// Watches over a statement while it runs: where a service that it rests on is gone, Spark itself would try for minutes, or wait for ever;
/// so the statement is ended, and the reason said.
/// </summary>
internal sealed class SparkGuard : IDisposable
{
    // one that is back before has cost Spark a second attempt, and the run nothing; what is said after it is still said within half a minute
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(14);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _end;
    private readonly CancellationToken _asked;
    private readonly string _remote;
    private readonly IReadOnlyList<ServiceProbe> _needs;
    private readonly long[] _answered;
    private readonly Thread _thread;
    private volatile string? _reason;

    public SparkGuard(SparkOptions options, SparkWatch watch, CancellationToken cancel)
    {
        (_asked, _remote, _end, _needs, _answered) = (cancel, options.Remote, CancellationTokenSource.CreateLinkedTokenSource(cancel), options.Needs, new long[options.Needs.Count]);
        Array.Fill(_answered, Stopwatch.GetTimestamp());
        Cancel = _end.Token;
        _thread = new Thread(() => Run(watch)) { IsBackground = true, Name = "spark guard" };
        _thread.Start();
    }

    /// <summary>Ends the statement.</summary>
    public CancellationToken Cancel { get; }

    /// <summary>What to say instead, when the guard was what ended the statement, or why it failed; null when it was not.</summary>
    /// <param name="failed">How it ended.</param>
    public ServiceDownException? Explain(Exception failed) =>
        _asked.IsCancellationRequested ? null
        : _reason is { } reason ? new(reason)
        : failed is SparkException && _needs.FirstOrDefault(n => !n.Answers(_asked)) is { } gone ? new(Say(gone)) // it failed before the guard looked again
        : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _thread.Join();
        _end.Dispose();
    }

    private void Run(SparkWatch watch)
    {
        var stall = new StallWatch();
        while (!Cancel.WaitHandle.WaitOne(Pause))
        {
            for (var i = 0; i < _needs.Count && !Cancel.IsCancellationRequested; i++)
            {
                if (_needs[i].Answers(Cancel))
                {
                    _answered[i] = Stopwatch.GetTimestamp();
                }
                else if (Stopwatch.GetElapsedTime(_answered[i]) > Patience)
                {
                    End(Say(_needs[i]));
                }
            }

            if (stall.IsStalled(watch))
            {
                End($"no executor has taken a task of the statement for 20 s, so it was ended: the Spark cluster behind {SparkAddress.Parse(_remote)} has no worker, or all its cores are taken. See what runs with: bf spark jobs; and whether workers are up on the page of the Spark master");
            }
        }
    }

    private void End(string reason)
    {
        _reason ??= reason;
        _end.Cancel();
    }

    private static string Say(ServiceProbe need) => $"{need.Name} at {need.Address} does not answer, so what ran on Spark was ended. {need.Remedy}";
}
