using System.Globalization;
using System.Text.Json.Nodes;
using Bf.Jobs.Infra.Health;

namespace Bf.Cli.Commands.Infra;

/// <summary>Shows how the services are: once, or again and again. On a terminal the table is drawn over; elsewhere what changes is told in lines.</summary>
internal sealed class HealthScreen(Output output, string provider, bool again, TimeProvider clock)
{
    private IReadOnlyList<ServiceHealth> _last = [];
    private int _drawn;

    /// <summary>Whether anything was shown.</summary>
    public bool HasShown => _last.Count > 0;

    /// <summary>The exit code for what was shown last.</summary>
    public int Code => _last.All(IsWell) ? ExitCode.Done : ExitCode.ServiceDown;

    /// <summary>Shows results.</summary>
    public void Show(IReadOnlyList<ServiceHealth> services)
    {
        if (output.Json && again)
        {
            output.DocumentLine(() => Document(services));
        }
        else if (HasShown && !output.Terminal)
        {
            ShowChanges(services);
        }
        else
        {
            output.Document(() => Document(services));
            ShowTable(services);
        }

        _last = services;
        Console.Out.Flush();
    }

    private static bool IsWell(ServiceHealth health) => health.State is HealthState.Healthy or HealthState.NotApplicable;

    private void ShowTable(IReadOnlyList<ServiceHealth> services)
    {
        var table = new TextTable("service", "state", "version", "latency", "address", "what was found, and what to do").Right(3);
        foreach (var s in services)
        {
            table.Add(s.Service, Word(s.State), s.Version ?? "-", s.Latency is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms") : "-", s.Address.Length > 0 ? s.Address : "-", Said(s));
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        table.Folded().WriteTo(text, Output.Width);
        text.Write(Summary(services));
        var drawn = text.ToString();
        output.Result($"{(_drawn > 0 ? $"\u001b[{_drawn}A\u001b[J" : "")}{drawn}");
        _drawn = drawn.Count(c => c == '\n') + 1;
    }

    private void ShowChanges(IReadOnlyList<ServiceHealth> services)
    {
        foreach (var (now, before) in services.Zip(_last).Where(p => p.First.State != p.Second.State))
        {
            output.Result($"{Now()} {now.Service}: {Word(before.State)} -> {Word(now.State)}: {Said(now)}");
        }
    }

    private string Summary(IReadOnlyList<ServiceHealth> services)
    {
        var ill = services.Where(s => !IsWell(s)).ToList();
        var healthy = services.Count(s => s.State == HealthState.Healthy);
        var all = ill.Count == 0 && healthy == 0 ? "none of them is here: nothing was asked" : ill.Count == 0 ? $"{(healthy == 1 ? "1 service is" : $"{healthy} services are")} healthy"
            : $"{healthy} healthy; not healthy: {string.Join(", ", ill.Select(s => $"{s.Service} ({Word(s.State)})"))}";
        return again ? $"{all}; at {Now()}, Ctrl-C ends" : all;
    }

    private JsonObject Document(IReadOnlyList<ServiceHealth> services) => new()
    {
        ["ts"] = Now(),
        ["provider"] = provider,
        ["healthy"] = services.All(IsWell),
        ["rows"] = services.Count,
        ["services"] = new JsonArray([.. services.Select(s => new JsonObject
        {
            ["service"] = s.Service,
            ["state"] = Word(s.State),
            ["version"] = s.Version,
            ["latency_ms"] = s.Latency is { } time ? Math.Round(time.TotalMilliseconds, 1) : null,
            ["address"] = s.Address.Length > 0 ? s.Address : null,
            ["detail"] = s.Detail,
            ["remedy"] = s.Remedy,
        })]),
    };

    private string Now() => clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Said(ServiceHealth s) => s.Remedy is null ? s.Detail : $"{s.Detail}: {s.Remedy}";

    private static string Word(HealthState state) => state switch
    {
        HealthState.Healthy => "healthy",
        HealthState.Starting => "starting",
        HealthState.Down => "down",
        _ => "n/a",
    };
}
