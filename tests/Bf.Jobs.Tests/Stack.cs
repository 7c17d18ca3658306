using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bf.Jobs.Tests;

/// <summary>
/// The real servers (MinIO, Spark, ...), where this machine has them: <c>../shared/stack</c> beside the repository.
/// <see cref="Shared"/> serves all tests of an assembly and is started when first asked for; a test that stops a server starts a stack of its own.
/// Each has ports and a folder of its own, and goes when the test process does, however that ends.
/// </summary>
internal sealed class Stack : IDisposable
{
    private static readonly string? Program = Repository.Shared("stack", "stack");
    private static readonly Lock Gate = new();
    private static Stack? s_shared;

    // far from the offsets that a person takes; ports stay below those that the system gives out
    private static readonly int[] Offsets = [9000, 13000, 14000, 15000, 16000, 6000, 5000, 4000, 3000];

    // of MinIO, Kafka, Elasticsearch, Spark and Jaeger at offset 0
    private static readonly int[] Ports = [9000, 9001, 9092, 9093, 9200, 9300, 7077, 8080, 8081, 15002, 4317, 4318, 16686];

    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _up = new(StringComparer.Ordinal);
    private readonly Lock _starting = new();
    private readonly FileStream _claim;
    private readonly Process _guard;
    private bool _ended;

    private Stack()
    {
        (Offset, _claim) = Claim();
        Run = Directory.CreateTempSubdirectory("bf-stack-").FullName;
        // its input ends with this process, also when that is killed; then nobody else is left to stop the servers
        _guard = Process.Start(new ProcessStartInfo("setsid", ["bash", "-c", $"cat >/dev/null; exec '{Program}' wipe >/dev/null 2>&1"])
        {
            RedirectStandardInput = true, Environment = { ["STACK_OFFSET"] = $"{Offset}", ["STACK_RUN"] = Run },
        })!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End(TimeSpan.FromSeconds(5)); // the rest it does alone
        foreach (var line in Call("env").Split('\n').Where(l => l.StartsWith("export ", StringComparison.Ordinal)))
        {
            foreach (var pair in line["export ".Length..].Split(' ').Where(p => !p.StartsWith("OTEL_", StringComparison.Ordinal)))
            {
                _settings[pair[..pair.IndexOf('=', StringComparison.Ordinal)]] = pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..];
            }
        }
    }

    /// <summary>Why there are no servers; null when there are.</summary>
    public static string? Missing =>
        Program is null ? "the real servers are not here (../shared/stack)"
        : !OperatingSystem.IsLinux() ? "the real servers are for Linux"
        : Environment.GetEnvironmentVariable("PATH")!.Split(':').All(p => !File.Exists(Path.Combine(p, "java"))) ? "the real servers need Java, which is not here"
        : null;

    /// <summary>The folder with the servers' archives, for a test that starts them itself; the test is skipped where there is none.</summary>
    /// <param name="run">A folder of the test's own.</param>
    /// <param name="services">Which.</param>
    public static string Home(string run, params IEnumerable<string> services)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        using var process = Process.Start(new ProcessStartInfo(Program!, ["home", .. services]) { RedirectStandardOutput = true, Environment = { ["STACK_RUN"] = run } })!;
        var home = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return home;
    }

    /// <summary>What is added to every port.</summary>
    public int Offset { get; }

    /// <summary>Where data, logs and process numbers (<c>NAME.pid</c>) lie.</summary>
    public string Run { get; }

    /// <summary>The settings by which bf finds the servers: <c>MINIO_ENDPOINT</c>, <c>SPARK_REMOTE</c>, ...</summary>
    public IReadOnlyDictionary<string, string> Settings => _settings;

    /// <summary>Where traces go: only who asks for it sends some.</summary>
    public (string Name, string Value)[] Tracing => [("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{4318 + Offset}")];

    /// <summary>The port of Jaeger's page and query API.</summary>
    public int JaegerPort => 16686 + Offset;

    /// <summary>The settings as the environment of a program.</summary>
    public (string Name, string Value)[] Environments => [.. _settings.Select(s => (s.Key, s.Value))];

    /// <summary>The stack of this assembly's tests, with these services up (<c>minio</c>, <c>spark</c>, ...); the test is skipped where there is none.</summary>
    public static Stack Shared(params IEnumerable<string> services)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        lock (Gate)
        {
            s_shared ??= new();
        }

        return s_shared.Up(services);
    }

    /// <summary>A stack of a test's own, that it may stop and start; the test is skipped where there is none.</summary>
    public static Stack Own(params IEnumerable<string> services)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        return new Stack().Up(services);
    }

    /// <summary>Starts services that are not up.</summary>
    public Stack Up(params IEnumerable<string> services)
    {
        lock (_starting)
        {
            var down = services.Where(s => !_up.Contains(s)).ToList();
            if (down.Count > 0)
            {
                Call(["up", .. down]);
                _up.UnionWith(down);
            }
        }

        return this;
    }

    /// <summary>Stops a service in good order; its data stays.</summary>
    public void Down(string service)
    {
        lock (_starting)
        {
            Call("down", service);
            _up.Remove(service);
        }
    }

    /// <summary>Kills a service's process without a word: <c>minio</c>, <c>spark-master</c>, <c>spark-worker</c>, <c>spark-connect</c>.</summary>
    public void Kill(string process)
    {
        lock (_starting)
        {
            // nobody may reap it, and a dead process that has its number still would pass for the service
            var number = Path.Combine(Run, process + ".pid");
            using var kill = Process.Start("bash", ["-c", $"p=$(<'{number}'); kill -KILL -- -$p; while [[ -e /proc/$p ]] && ! grep -qs '^State:.Z' /proc/$p/status; do sleep 0.02; done; rm '{number}'"]);
            kill.WaitForExit();
            _up.Remove(process.Split('-')[0]);
        }
    }

    /// <summary>Lets a service's processes hang: connections are taken, and nothing is said. Until <see cref="Resume"/>.</summary>
    public void Hang(string process) => Signal(process, "STOP");

    /// <summary>Lets a service that hangs go on.</summary>
    public void Resume(string process) => Signal(process, "CONT");

    /// <inheritdoc/>
    public void Dispose() => End(Timeout.InfiniteTimeSpan);

    /// <summary>Has the servers stopped, and waits for it.</summary>
    private void End(TimeSpan wait)
    {
        lock (_starting)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
        }

        _guard.StandardInput.Close();
        _guard.WaitForExit(wait);
        _guard.Dispose();
        _claim.Dispose();
    }

    /// <summary>Ports that nobody uses and no other test run has chosen: two checkouts may test at once.</summary>
    private static (int Offset, FileStream Claim) Claim()
    {
        foreach (var offset in Offsets)
        {
            try
            {
                var claim = new FileStream(Path.Combine(Path.GetTempPath(), $"bf-stack-offset-{offset}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                if (Ports.All(p => IsFree(p + offset)))
                {
                    return (offset, claim);
                }

                claim.Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // another test run has it
            }
        }

        throw new InvalidOperationException("no thousand of ports is free for the servers of the tests");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Signal(string process, string signal)
    {
        using var kill = Process.Start("bash", ["-c", $"kill -{signal} -- -$(<'{Path.Combine(Run, process + ".pid")}')"]);
        kill.WaitForExit();
    }

    private string Call(params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program!, [.. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["STACK_OFFSET"] = $"{Offset}", ["STACK_RUN"] = Run },
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{Program} {string.Join(' ', arguments)}: {error.Result}");
    }
}
