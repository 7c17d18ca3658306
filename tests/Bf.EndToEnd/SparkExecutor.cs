using System.Diagnostics;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>Finds what runs on the executors of a stack.</summary>
internal static class SparkExecutor
{
    private const string Worker = "bf-worker-";

    /// <summary>The executor, as soon as it runs a worker of bf; sought by its own name, because the worker may have ended by the time that one asks for its parents.</summary>
    public static Process Of(Stack stack)
    {
        Await(stack);
        return Process.GetProcessById(Await(() => Running(stack, "CoarseGrainedExecutorBackend"), "no executor ran within three minutes"));
    }

    /// <summary>Waits until an executor runs a worker of bf; gives the worker's number.</summary>
    public static int Await(Stack stack) => Await(() => Running(stack, Worker), "no executor ran a worker within three minutes");

    /// <summary>Waits until no executor runs a worker of bf any more.</summary>
    public static void WaitUntilIdle(Stack stack) => Await(() => Running(stack, Worker) is null ? 0 : null, "a worker still ran after three minutes");

    private static int Await(Func<int?> look, string otherwise)
    {
        var deadline = DateTime.UtcNow.AddMinutes(3);
        while (DateTime.UtcNow < deadline)
        {
            if (look() is { } found)
            {
                return found;
            }

            Thread.Sleep(5);
        }

        throw new TimeoutException(otherwise);
    }

    private static int? Running(Stack stack, string name)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => int.TryParse(Path.GetFileName(f), out _)))
        {
            try
            {
                if (File.ReadAllText($"{folder}/cmdline").Contains(name, StringComparison.Ordinal) && File.ReadAllText($"{folder}/environ").Contains(stack.Run, StringComparison.Ordinal))
                {
                    return int.Parse(Path.GetFileName(folder));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // it has ended
            }
        }

        return null;
    }
}
