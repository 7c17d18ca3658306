using System.Diagnostics;

namespace Bf.Jobs.Infra.Native;

/// <summary>Starts a service as a process that outlives bf: in a session of its own, away from the terminal and its Ctrl-C, its output appended to its log.</summary>
internal sealed class NativeLauncher(InfraMachine machine, NativeHome home)
{
    private static readonly TimeSpan FirstPatience = TimeSpan.FromMinutes(1);

    /// <summary>What the line begins with that bf writes into a log before each start.</summary>
    public const string Mark = "--- bf starts ";

    private const string Utf8 = "C.UTF-8";

    // the shell is replaced by the service, which keeps its number; $0 is the log
    private const string Script = "exec \"$@\" >>\"$0\" 2>&1 </dev/null";

    /// <summary>Starts a service, and remembers its process.</summary>
    /// <exception cref="JobException">It can't be started.</exception>
    public NativeProcess Launch(InfraService service, NativeCommand command, CancellationToken cancel)
    {
        var log = home.Log(service.Name);
        NativeProcess.Read(home.Pid(service.Name))?.End(); // children that outlived it hold its data
        Directory.CreateDirectory(home.Data(service.Name));
        Directory.CreateDirectory(home.Logs(service.Name));
        File.AppendAllText(log, $"{Mark}{service.Name} at {machine.Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}\n");
        if (command.First is { } first)
        {
            RunFirst(service, first, log, cancel);
        }

        using var process = Process.Start(Detached(command, log)) ?? throw new JobException($"{service.Name} could not be started");
        var started = NativeProcess.Of(process.Id, machine.Clock) ?? throw new JobException($"{service.Name} ended at once; {log} may say why");
        started.Write(home.Pid(service.Name));
        return started;
    }

    private void RunFirst(InfraService service, NativeCommand first, string log, CancellationToken cancel)
    {
        using var process = Process.Start(Detached(first, log))!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(FirstPatience);
        try
        {
            process.WaitForExitAsync(patience.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(); // before then it has no exit code
            cancel.ThrowIfCancellationRequested();
        }

        if (process.ExitCode != 0)
        {
            throw new JobException($"{service.Name} could not be prepared ({Path.GetFileName(first.Program)} ended with {process.ExitCode})");
        }
    }

    /// <summary>The locale, as programs find it.</summary>
    private string Language => ((string[])["LC_ALL", "LC_CTYPE", "LANG"]).Select(machine.Variable).FirstOrDefault(v => !string.IsNullOrEmpty(v)) ?? "";

    private ProcessStartInfo Detached(NativeCommand command, string log)
    {
        var start = new ProcessStartInfo("setsid", ["/bin/sh", "-c", Script, log, command.Program, .. command.Arguments]) { WorkingDirectory = home.Folder };
        ProgramCall.SetPath(start, machine);
        if (!Language.EndsWith("UTF-8", StringComparison.OrdinalIgnoreCase) && !Language.EndsWith("utf8", StringComparison.OrdinalIgnoreCase))
        {
            start.Environment["LC_ALL"] = Utf8; // Java finds no folder whose name its locale can't write
        }

        foreach (var (name, value) in command.Environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        return start;
    }
}
