using System.ComponentModel;
using System.Diagnostics;

namespace Bf.Jobs.Infra;

/// <summary>What a program answered.</summary>
/// <param name="Code">Its exit code; -1 where it could not be run or did not end in time.</param>
/// <param name="Out">What it wrote.</param>
/// <param name="Error">What it complained of.</param>
internal sealed record ProgramAnswer(int Code, string Out, string Error)
{
    public bool Ok => Code == 0;

    /// <summary>The last line of what it said that says anything: mostly the reason.</summary>
    public string LastWord => (Error + "\n" + Out).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? $"exit code {Code}";
}

/// <summary>Runs a program to its end.</summary>
internal static class ProgramCall
{
    /// <summary>Runs a program; one that takes longer than <paramref name="patience"/> is killed.</summary>
    /// <exception cref="OperationCanceledException">The wait was ended; so was the program.</exception>
    public static ProgramAnswer Run(InfraMachine machine, TimeSpan patience, string program, IEnumerable<string> arguments, CancellationToken cancel) =>
        Run(Of(machine, program, arguments), patience, cancel);

    /// <summary>Runs a program that was described by <see cref="Of"/>.</summary>
    public static ProgramAnswer Run(ProcessStartInfo start, TimeSpan patience, CancellationToken cancel)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ended.CancelAfter(patience);
        Process? process = null;
        try
        {
            process = Process.Start(start)!;
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(ended.Token), process.StandardError.ReadToEndAsync(ended.Token));
            Task.WaitAll([output, error, process.WaitForExitAsync(ended.Token)], ended.Token);
            return new(process.ExitCode, output.Result, error.Result);
        }
        catch (Win32Exception e)
        {
            return new(-1, "", e.Message);
        }
        catch (Exception e) when (e is OperationCanceledException or AggregateException { InnerException: OperationCanceledException })
        {
            process?.Kill(entireProcessTree: true);
            cancel.ThrowIfCancellationRequested();
            return new(-1, "", $"{Path.GetFileName(start.FileName)} did not answer within {patience.TotalSeconds:0} s");
        }
        finally
        {
            process?.Dispose();
        }
    }

    /// <summary>A program in the present folder, with nothing on its input and its output for us.</summary>
    public static ProcessStartInfo Of(InfraMachine machine, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, [.. arguments])
        {
            WorkingDirectory = machine.Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        SetPath(start, machine);
        return start;
    }

    /// <summary>A program is run in the machine's own PATH, which a test may have set.</summary>
    public static void SetPath(ProcessStartInfo start, InfraMachine machine)
    {
        if (machine.Variable("PATH") is { } path)
        {
            start.Environment["PATH"] = path;
        }
    }
}
