using System.CommandLine;
using Bf.Jobs;
using Bf.Jobs.Lake.Delta;

namespace Bf.Cli;

/// <summary>Runs a command and turns what goes wrong into one line on stderr and an exit code.</summary>
internal static class Guarded
{
    public static int Run(ParseResult parse, Func<Invocation, int> work, CancellationToken cancel)
    {
        try
        {
            return work(new Invocation(parse, cancel));
        }
        catch (Exception e) when (Unwrap(e) is { } cause)
        {
            var (code, message) = Explain(cause);
            if (message is null)
            {
                throw;
            }

            Console.Error.WriteLine(message.Split(" (Parameter")[0]);
            return code;
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
        _ when e.GetType().Name == "DuckException" => (ExitCode.Failed, $"error: {e.Message}"),
        _ => (ExitCode.Failed, null),
    };

    private static Exception Unwrap(Exception e) => e is AggregateException { InnerExceptions: [var only, ..] } ? Unwrap(only) : e;
}
