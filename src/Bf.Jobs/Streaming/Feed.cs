using System.Runtime.ExceptionServices;

namespace Bf.Jobs.Streaming;

/// <summary>Work beside the thread that polls: what goes wrong in it is heard when it is asked after.</summary>
internal sealed class Feed
{
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Begins.</summary>
    public Feed(Action work)
    {
        _thread = new Thread(() =>
        {
            try
            {
                work();
            }
            catch (OperationCanceledException)
            {
                // whoever cancelled it knows
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }
        }) { IsBackground = true, Name = "feed" };
        _thread.Start();
    }

    /// <summary>Throws what went wrong.</summary>
    public void Check() => _failure?.Throw();

    /// <summary>Returns when it has ended.</summary>
    public void Join() => _thread.Join();
}
