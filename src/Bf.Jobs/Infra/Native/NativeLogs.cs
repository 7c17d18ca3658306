namespace Bf.Jobs.Infra.Native;

/// <summary>Shows log files: each to its end, or all as they grow; with the service's name before each line where there are several.</summary>
internal sealed class NativeLogs(TextWriter output, TimeProvider clock)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Writes what is there; follows until cancelled where that is wanted.</summary>
    public void Write(IReadOnlyList<(string Name, string File)> logs, LogChoice choice, CancellationToken cancel)
    {
        var wide = logs.Count == 0 ? 0 : logs.Max(l => l.Name.Length);
        var tails = logs.Select(l => new LogTail(l.File, logs.Count > 1 ? $"{l.Name.PadRight(wide)} | " : "")).ToList();
        DateTimeOffset? since = choice.Since is { } age ? clock.GetUtcNow() - age : null;
        foreach (var tail in tails)
        {
            var lines = tail.Read(half: !choice.Follow);
            Write(tail, choice.Tail is { } last ? LogTimes.From(lines, since, clock).TakeLast(last) : LogTimes.From(lines, since, clock));
        }

        var backoff = new Backoff(clock);
        while (choice.Follow && !cancel.IsCancellationRequested)
        {
            foreach (var tail in tails)
            {
                Write(tail, tail.Read(half: false));
            }

            try
            {
                backoff.Wait(Poll, cancel);
            }
            catch (OperationCanceledException)
            {
                return; // whoever follows ends it so
            }
        }
    }

    private void Write(LogTail tail, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            output.WriteLine(tail.Before + line);
        }

        output.Flush();
    }
}
