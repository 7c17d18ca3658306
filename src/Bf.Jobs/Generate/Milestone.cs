namespace Bf.Jobs.Generate;

/// <summary>A piece of work that others, on threads of their own, may only go on after.</summary>
internal sealed class Milestone : IDisposable
{
    private readonly ManualResetEvent _over = new(false);
    private bool _reached;

    /// <summary>Does the work.</summary>
    public void Reach(Action work)
    {
        try
        {
            work();
            _reached = true;
        }
        finally
        {
            _over.Set();
        }
    }

    /// <summary>Returns once the work is done.</summary>
    /// <exception cref="JobException">It failed.</exception>
    public void Wait()
    {
        _over.WaitOne();
        if (!_reached)
        {
            throw new JobException("what has to be written first could not be");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _over.Dispose();
}
