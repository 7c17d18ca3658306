using System.Diagnostics;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>Finds what runs on the executors of a stack.</summary>
internal static class SparkExecutor
{
    /// <summary>The executor that runs a worker of bf, as soon as one does.</summary>
    public static Process Of(Stack stack) => Ancestor(Await(stack), "CoarseGrainedExecutorBackend");

    /// <summary>Waits until an executor runs a worker of bf; gives the worker's number.</summary>
    public static int Await(Stack stack) => Await(() => Worker(stack), "no executor ran a worker within three minutes");

    /// <summary>Waits until no executor runs a worker of bf any more.</summary>
    public static void WaitUntilIdle(Stack stack) => Await(() => Worker(stack) is null ? 0 : null, "a worker still ran after three minutes");

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

    private static int? Worker(Stack stack)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => int.TryParse(Path.GetFileName(f), out _)))
        {
            try
            {
                if (File.ReadAllText($"{folder}/cmdline").Contains("bf-worker-", StringComparison.Ordinal) && File.ReadAllText($"{folder}/environ").Contains(stack.Run, StringComparison.Ordinal))
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

    private static Process Ancestor(int process, string name)
    {
        while (!File.ReadAllText($"/proc/{process}/cmdline").Contains(name, StringComparison.Ordinal))
        {
            process = int.Parse(File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        }

        return Process.GetProcessById(process);
    }
}
