using Bf.Jobs.Config;

namespace Bf.Jobs.Infra.Native;

/// <summary>The services as plain processes of this machine, from their official archives.</summary>
internal sealed class NativeProvider(Settings settings, InfraMachine machine, NativeArchives archives, string reason) : IInfraControl
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15), KillPatience = TimeSpan.FromSeconds(5), StopStep = TimeSpan.FromMilliseconds(50);

    public string Name => "native";

    public string Reason => reason;

    public InfraPlaces Places { get; } = new(settings);

    /// <summary>The folder of data, logs and process numbers.</summary>
    public NativeHome Home { get; } = new(Path.GetFullPath(Expanded(settings.Of("BF_INFRA_HOME").Value!, machine), machine.Folder));

    /// <summary>The program of MinIO; null where there is none.</summary>
    public string? Minio => archives.Minio;

    /// <summary>Whether any service runs.</summary>
    public bool AnyRuns => InfraService.All.Any(Runs);

    public string Volumes => $"data and logs in {Home.Folder}";

    /// <summary>The same provider, for another reason.</summary>
    public NativeProvider Because(string other) => new(settings, machine, archives, other);

    /// <summary>Also of a service that died and whose archive nobody names any more: it is not well, and not something that is not here.</summary>
    public bool Has(InfraService service) => archives.Has(service) || File.Exists(Home.Pid(service.Name));

    public bool Runs(InfraService service) => Read(service) is not null;

    /// <summary>A service's process, where it runs.</summary>
    public NativeProcess? Read(InfraService service) => NativeProcess.Read(Home.Pid(service.Name)) is { Runs: true } process ? process : null;

    public string? Lacking(InfraService service) =>
        archives.Has(service) || Runs(service) ? null
        : service == InfraService.Kibana || InfraService.Observing.Contains(service) ? "there is none natively; with Docker there is"
        : $"not here: {archives.Missing}";

    public IInfraStart Open(IReadOnlyList<InfraService> services, Action<string> tell, CancellationToken cancel)
    {
        if (!OperatingSystem.IsLinux() || machine.Program("setsid") is null)
        {
            throw new JobException("native services need Linux with setsid (util-linux); elsewhere use Docker: bf infra start --provider docker");
        }

        var locked = Home.Lock(machine.Clock, tell, cancel);
        try
        {
            return new NativeStart(WithOrphans(WithNeeds(services), tell, cancel), this, archives, settings, new(settings, archives, Home, Places), new(machine, Home), locked);
        }
        catch
        {
            locked.Dispose();
            throw;
        }
    }

    public IReadOnlyList<InfraService> Stop(IReadOnlyList<InfraService> services, Action<string> tell, CancellationToken cancel)
    {
        if (!Directory.Exists(Home.Folder))
        {
            return [];
        }

        using var locked = Home.Lock(machine.Clock, tell, cancel);
        return Stop(services, cancel);
    }

    private IReadOnlyList<InfraService> WithNeeds(IReadOnlyList<InfraService> services) =>
        [.. InfraService.All.Where(s => Lacking(s) is null && (services.Contains(s) || services.Any(o => SparkCommands.Needs(o).Contains(s))))];

    /// <summary>A master that was lost takes its worker and the application with it: they do not find the next one, or only after minutes.</summary>
    private IReadOnlyList<InfraService> WithOrphans(IReadOnlyList<InfraService> services, Action<string> tell, CancellationToken cancel)
    {
        InfraService[] orphans = services.Contains(InfraService.SparkMaster) && !Runs(InfraService.SparkMaster)
            ? [.. ((InfraService[])[InfraService.SparkWorker, InfraService.SparkConnect]).Where(Runs)] : [];
        if (orphans.Length > 0)
        {
            tell($"{string.Join(" and ", orphans.Select(o => o.Name))} {(orphans.Length == 1 ? "has" : "have")} lost spark-master: started anew with it");
            Stop(orphans, cancel);
        }

        return [.. InfraService.All.Where(s => services.Contains(s) || orphans.Contains(s))];
    }

    // .env has no shell that would do it, and a folder named ~ is one that people delete their own home by
    private static string Expanded(string folder, InfraMachine machine) =>
        folder == "~" || folder.StartsWith("~/", StringComparison.Ordinal) ? (machine.Variable("HOME") ?? throw new JobException("BF_INFRA_HOME begins with ~, and HOME is not set")) + folder[1..] : folder;

    private List<InfraService> Stop(IReadOnlyList<InfraService> services, CancellationToken cancel)
    {
        var running = services.Select(s => (Service: s, Process: Read(s))).Where(s => s.Process is not null).ToList();
        foreach (var (_, process) in running)
        {
            process!.AskToEnd();
        }

        var (began, backoff) = (machine.Clock.GetTimestamp(), new Backoff(machine.Clock));
        while (running.Exists(s => s.Process!.Runs) && machine.Clock.GetElapsedTime(began) < StopPatience)
        {
            backoff.Wait(StopStep, cancel);
        }

        foreach (var (_, process) in running)
        {
            process!.End(); // whoever of its group stays behind, too
        }

        while (running.Exists(s => s.Process!.Runs) && machine.Clock.GetElapsedTime(began) < StopPatience + KillPatience)
        {
            backoff.Wait(StopStep, cancel); // a large process takes its time to go, and writes until then
        }

        foreach (var service in services)
        {
            File.Delete(Home.Pid(service.Name));
        }

        return [.. running.Select(s => s.Service)];
    }

    public void Remove(CancellationToken cancel)
    {
        if (!Home.IsOurs)
        {
            return; // or not there
        }

        using var locked = Home.Lock(machine.Clock, _ => { }, cancel);
        if (InfraService.All.Where(Runs).Select(s => s.Name).ToList() is { Count: > 0 } running)
        {
            throw new JobException($"nothing was deleted: {string.Join(", ", running)} {(running.Count == 1 ? "was" : "were")} started again meanwhile");
        }

        Home.Remove();
    }

    public ServiceProcess Process(InfraService service)
    {
        var log = Home.Log(service.Name);
        var shown = File.Exists(log) ? log : null;
        return Read(service) is { } process ? new(service.Name, true, $"{process.Id}", process.Since, shown, null)
            : new(service.Name, false, null, null, shown, File.Exists(Home.Pid(service.Name)) ? "ended by itself: bf infra start starts it again" : archives.Has(service) ? null : "not here");
    }

    public void Logs(IReadOnlyList<InfraService> services, LogChoice choice, TextWriter output, CancellationToken cancel) =>
        new NativeLogs(output, machine.Clock).Write([.. services.Select(s => (s.Name, Home.Log(s.Name))).Where(l => File.Exists(l.Item2))], choice, cancel);
}
