using Bf.Jobs.Config;

namespace Bf.Jobs.Infra.Native;

/// <summary>A start of native services: each as soon as what it needs answers.</summary>
internal sealed class NativeStart(IReadOnlyList<InfraService> services, NativeProvider provider, NativeArchives archives, Settings settings, NativeCommands commands, NativeLauncher launcher, IDisposable locked) : IInfraStart
{
    private const int LastLines = 15;
    private readonly Dictionary<InfraService, NativeProcess> _started = [];
    private readonly Dictionary<InfraService, ServiceFailure> _failed = [];
    private readonly Dictionary<InfraService, string> _waiting = [];

    public IReadOnlyList<InfraService> Services => services;

    public IReadOnlyList<Obstacle> Preflight() => NativePreflight.Check(services, provider, archives, settings);

    public void Prepare(CancellationToken cancel)
    {
        // the programs are here
    }

    public void Advance(Func<InfraService, bool> answers, CancellationToken cancel)
    {
        foreach (var service in services)
        {
            if (_failed.ContainsKey(service))
            {
                continue;
            }

            if (_started.TryGetValue(service, out var process))
            {
                if (!process.Runs)
                {
                    Fail(service, $"{service.Name} ended while it started");
                }
            }
            else if (provider.Read(service) is { } running)
            {
                _started[service] = running;
            }
            else
            {
                Begin(service, answers, cancel);
            }
        }
    }

    public string? Waiting(InfraService service) => _waiting.GetValueOrDefault(service);

    public ServiceFailure? Failure(InfraService service) => _failed.GetValueOrDefault(service);

    public void Dispose() => locked.Dispose();

    private void Begin(InfraService service, Func<InfraService, bool> answers, CancellationToken cancel)
    {
        try
        {
            // what is not started here is not waited for: the bucket may be somebody else's
            var needed = SparkCommands.Needs(service).Where(n => services.Contains(n) && !answers(n)).ToList();
            if (needed.Find(_failed.ContainsKey) is { } broken)
            {
                _failed[service] = new($"{service.Name} needs {broken.Name}, which did not start", [], provider.Home.Log(broken.Name));
            }
            else if (needed.Count > 0)
            {
                _waiting[service] = string.Join(", ", needed.Select(n => n.Name));
            }
            else
            {
                _waiting.Remove(service);
                _started[service] = launcher.Launch(service, commands.Of(service), cancel);
            }
        }
        catch (Exception e) when (e is JobException or IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            Fail(service, e.Message);
        }
    }

    private void Fail(InfraService service, string what)
    {
        var log = provider.Home.Log(service.Name);
        _failed[service] = new(what, File.Exists(log) ? [.. new LogTail(log, "").Read(half: true).TakeLast(LastLines)] : [], log);
    }
}
