using System.Runtime.ExceptionServices;

namespace Bf.Jobs;

/// <summary>Runs a few long pieces of work side by side. Plain threads: a short process would spend longer on starting a scheduler.</summary>
internal static class Threads
{
    /// <summary>Runs any number of short pieces, as many at once as there are processors.</summary>
    public static void Share(IReadOnlyList<Action> work)
    {
        var next = -1;
        var runners = new Action[Math.Min(work.Count, Environment.ProcessorCount)];
        Array.Fill(runners, () =>
        {
            for (var at = Interlocked.Increment(ref next); at < work.Count; at = Interlocked.Increment(ref next))
            {
                work[at]();
            }
        });
        Run(runners);
    }

    /// <summary>Runs all pieces, the last on this thread, and returns when all have ended.</summary>
    /// <remarks>Of several failures the first in the order of the list is thrown, after all have ended.</remarks>
    public static void Run(params Action[] work)
    {
        if (work.Length == 0)
        {
            return;
        }

        var failures = new ExceptionDispatchInfo?[work.Length];
        var threads = new Thread[work.Length - 1];
        for (var i = 0; i < threads.Length; i++)
        {
            var at = i;
            threads[i] = new Thread(() => Try(at)) { IsBackground = true };
            threads[i].Start();
        }

        Try(work.Length - 1);
        foreach (var thread in threads)
        {
            thread.Join();
        }

        foreach (var failure in failures)
        {
            failure?.Throw();
        }

        void Try(int at)
        {
            try
            {
                work[at]();
            }
            catch (Exception e)
            {
                failures[at] = ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}
