using System.CommandLine;
using Bf.Jobs;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Telemetry;

namespace Bf.Cli;

/// <summary>Runs a command and turns what goes wrong into one line on stderr and an exit code.</summary>
internal static class Guarded
{
    public static int Run(ParseResult parse, Func<Invocation, int> work, CancellationToken cancel)
    {
        CommandTelemetry? telemetry = null;
        try
        {
            var call = new Invocation(parse, cancel);
            telemetry = call.Observe();
            var code = work(call);
            telemetry?.Ended(code, null);
            return code;
        }
        catch (Exception e) when (Unwrap(e) is { } cause)
        {
            var (code, message) = Explain(cause);
            telemetry?.Ended(code, message ?? cause.Message);
            if (message is null)
            {
                throw;
            }

            Console.Error.WriteLine($"{Secrets.Mask(message.Split(" (Parameter")[0].TrimEnd())}{Storage(message)}");
            return code;
        }
        finally
        {
            telemetry?.Dispose();
        }
    }

    private static (int Code, string? Message) Explain(Exception e) => e switch
    {
        OperationCanceledException => (ExitCode.Interrupted, "interrupted; what was committed stays"),
        ServiceDownException => (ExitCode.ServiceDown, $"error: {e.Message}"),
        UsageException or FormatException => (ExitCode.Usage, $"error: {e.Message}"),
        JobException or DeltaException => (ExitCode.Failed, $"error: {e.Message}"),
        UnauthorizedAccessException => (ExitCode.Failed, $"error: {e.Message} Is the folder writable? Another lake: --lake DIR or BF_LAKE"),
        IOException => (ExitCode.Failed, $"error: {e.Message}"),
        DllNotFoundException => (ExitCode.Failed, $"error: {e.Message}"),
        OverflowException => (ExitCode.Failed, $"error: {e.Message}. Correct the bars with bf data import, or leave a symbol out with --symbols or a symbol list"),
        ArgumentException => (ExitCode.Failed, $"error: {e.Message}"),
        _ when e.GetType().Name is "DuckException" or "AmazonS3Exception" => (ExitCode.Failed, $"error: {e.Message}"),
        _ => (ExitCode.Failed, null),
    };

    /// <summary>What to do when files can't be written, whoever says so: the runtime or the engine.</summary>
    private static string Storage(string message) =>
        Says(message, "No space left", "not enough space", "File too large", "quota exceeded") ? ". What was committed is whole: make room, and run the same command again"
        : Says(message, "Read-only file system", "Operation not permitted", "Permission denied") ? ". Is the folder writable? Another lake: --lake DIR or BF_LAKE"
        : "";

    private static bool Says(string message, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (message.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static Exception Unwrap(Exception e) => e is AggregateException { InnerExceptions: [var only, ..] } ? Unwrap(only) : e;
}
