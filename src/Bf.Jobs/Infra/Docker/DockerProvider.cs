using System.Diagnostics;
using System.Globalization;
using Bf.Jobs.Config;

namespace Bf.Jobs.Infra.Docker;

/// <summary>The services as containers, by Docker Compose.</summary>
internal sealed class DockerProvider(Settings settings, InfraMachine machine, DockerTools tools, string reason) : IInfraControl
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), StopPatience = TimeSpan.FromMinutes(2), Fresh = TimeSpan.FromSeconds(1);

    // ports that stay within the containers' network
    private static readonly string[] Inside = ["KAFKA_CONTROLLER_PORT", "SPARK_WORKER_UI_PORT"];

    private readonly string _file = ComposeFile.Find(machine.Folder);
    private readonly Lock _gate = new();
    private IReadOnlyList<Container> _containers = [];
    private long? _asked;

    public string Name => "docker";

    public string Reason => reason;

    public InfraPlaces Places { get; } = new(settings);

    public string Volumes => $"the volumes of {_file}";

    public bool Has(InfraService service) => true;

    public bool Runs(InfraService service) => Containers().Any(c => c.Service == service.Name && c.Runs);

    public string? Lacking(InfraService service) => null;

    /// <summary>What stands in the way of containers.</summary>
    public IReadOnlyList<Obstacle> Preflight(IReadOnlyList<InfraService> services)
    {
        var starting = services.Where(s => !Runs(s)).ToList();
        if (starting.Count == 0)
        {
            return [];
        }

        var elasticsearch = starting.Contains(InfraService.Elasticsearch);
        return
        [
            .. Infra.Preflight.Ports(starting, Places, Inside),
            .. Infra.Preflight.Memory(Infra.Preflight.Wanted(starting, settings), Infra.Preflight.AvailableMemory()),
            .. Infra.Preflight.Disk(machine.Folder, elasticsearch: false),
            .. elasticsearch ? Infra.Preflight.Maps(fatal: true) : [],
        ];
    }

    public IInfraStart Open(IReadOnlyList<InfraService> services, Action<string> tell, CancellationToken cancel) => new DockerStart(this, services, tell);

    public IReadOnlyList<InfraService> Stop(IReadOnlyList<InfraService> services, Action<string> tell, CancellationToken cancel)
    {
        var running = services.Where(Runs).ToList();
        var answer = InfraService.Usual.All(services.Contains)
            ? Compose(StopPatience, ["--profile", "observe", "down"], cancel)
            : Compose(StopPatience, ["--profile", "observe", "stop", .. services.Select(s => s.Name)], cancel);
        _asked = null;
        return answer.Ok ? running : throw new JobException($"{tools.Version} could not stop the services: {answer.LastWord}");
    }

    public void Remove(CancellationToken cancel)
    {
        var answer = Compose(StopPatience, ["--profile", "observe", "down", "--volumes"], cancel);
        if (!answer.Ok)
        {
            throw new JobException($"{tools.Version} could not delete the volumes: {answer.LastWord}");
        }
    }

    public ServiceProcess Process(InfraService service)
    {
        var own = Containers().Where(c => c.Service == service.Name).OrderByDescending(c => c.Runs).ToList();
        return own is not [var first, ..] ? new(service.Name, false, null, null, null, null)
            : new(service.Name, first.Runs, own.Count > 1 ? $"{first.Name} and {own.Count - 1} more" : first.Name, first.Runs ? first.Since : null, Words("logs", service.Name),
                first.Runs ? null : $"{first.State}, exit code {first.ExitCode}");
    }

    public void Logs(IReadOnlyList<InfraService> services, LogChoice choice, TextWriter output, CancellationToken cancel)
    {
        if (tools.Classic && choice.Since is not null)
        {
            throw new JobException($"{tools.Version} has no --since for logs; use --tail, or install the package docker-compose-plugin");
        }

        List<string> words = ["logs", "--no-color"];
        words.AddRange(choice.Follow ? ["--follow"] : []);
        words.AddRange(choice.Since is { } since ? ["--since", string.Create(CultureInfo.InvariantCulture, $"{since.TotalSeconds:0}s")] : []);
        words.AddRange(choice.Tail is { } tail ? ["--tail", tail.ToString(CultureInfo.InvariantCulture)] : []);
        using var process = System.Diagnostics.Process.Start(Calling([.. words, .. services.Select(s => s.Name)]))!;
        using var ended = cancel.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            output.WriteLine(line);
            output.Flush();
        }

        process.WaitForExit();
    }

    /// <summary>The last lines that a service said.</summary>
    public IReadOnlyList<string> LastLines(InfraService service, int count) =>
        [.. Compose(Patience, ["logs", "--no-color", "--tail", count.ToString(CultureInfo.InvariantCulture), service.Name], CancellationToken.None).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(count)];

    /// <summary>A call of Compose as a user would write it.</summary>
    public string Words(params IEnumerable<string> words) =>
        string.Join(' ', tools.Compose.Select(Path.GetFileName).Concat(Before.Select(w => Path.IsPathRooted(w) ? Path.GetRelativePath(machine.Folder, w) : w)).Concat(words));

    /// <summary>Compose with its version.</summary>
    public string Tool => tools.Version;

    /// <summary>Calls Compose.</summary>
    public ProgramAnswer Compose(TimeSpan patience, IEnumerable<string> words, CancellationToken cancel) =>
        ProgramCall.Run(Calling(words), patience, cancel);

    private IReadOnlyList<string> Before => ["-f", _file, .. File.Exists(Path.Combine(machine.Folder, ".env")) ? (string[])["--env-file", Path.Combine(machine.Folder, ".env")] : []];

    private ProcessStartInfo Calling(IEnumerable<string> words)
    {
        var start = ProgramCall.Of(machine, tools.Compose[0], [.. tools.Compose.Skip(1), .. Before, .. words]);
        foreach (var port in InfraService.All.SelectMany(s => s.Ports))
        {
            start.Environment[port.Setting] = Places.Of(port).ToString(CultureInfo.InvariantCulture); // Compose reads no profile, and no port from an address
        }

        return start;
    }

    /// <summary>The containers, asked anew where the last answer is no longer fresh.</summary>
    private IReadOnlyList<Container> Containers()
    {
        lock (_gate)
        {
            if (_asked is not { } asked || machine.Clock.GetElapsedTime(asked) > Fresh)
            {
                // Compose before version 2 lists those that ended without being asked to, and does not know the word
                var numbers = Compose(Patience, ["--profile", "observe", "ps", "-q", .. tools.Classic ? (string[])[] : ["--all"]], CancellationToken.None);
                _containers = numbers.Ok ? Container.Read(machine, tools.Docker, numbers.Out.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), Patience)
                    : throw new JobException($"{tools.Version} does not list the containers: {numbers.LastWord}");
                _asked = machine.Clock.GetTimestamp();
            }

            return _containers;
        }
    }
}
