using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Bf.Jobs.Infra;

namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra status</c>: which processes there are; whether they do their work is <c>health</c>'s question.</summary>
internal sealed class InfraStatusCommand : BfCommand
{
    private readonly Option<string?> _provider = InfraChoice.Provider();

    public InfraStatusCommand()
        : base("status", "which services run: process or container, since when, ports, log. Whether they do their work is asked by bf infra health", "bf infra status", "bf infra status --json")
    {
        Options.Add(_provider);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var provider = call.ChooseProvider(_provider);
        var services = InfraService.All.Where(s => InfraService.Usual.Contains(s) || (provider.Has(s) && provider.Runs(s))).ToList();
        var control = provider as IInfraControl;
        var processes = services.ConvertAll(s => !provider.Has(s) ? new ServiceProcess(s.Name, false, null, null, null, control?.Lacking(s) ?? "no address is known")
            : control?.Process(s) ?? new(s.Name, true, null, null, null, "somebody else runs it: bf infra health asks it"));
        var now = call.Clock.GetUtcNow();
        var table = new TextTable("service", "state", provider.Name == "docker" ? "container" : "process", "since", "ports", "");
        foreach (var (service, process) in services.Zip(processes))
        {
            table.Add(service.Name, State(provider, service, process), process.Id, process.Since is { } since ? Age(now - since) : "", string.Join(' ', service.Ports.Select(provider.Places.Of)),
                process.Note ?? (process.Log is { } log ? Path.GetRelativePath(Directory.GetCurrentDirectory(), log) is { Length: < 60 } near && provider.Name == "native" ? near : log : ""));
        }

        call.Out.Table(table);
        call.Out.Document(() => new JsonObject
        {
            ["provider"] = provider.Name,
            ["reason"] = provider.Reason,
            ["services"] = new JsonArray([.. services.Zip(processes).Select(p => new JsonObject
            {
                ["service"] = p.First.Name,
                ["state"] = State(provider, p.First, p.Second),
                ["id"] = p.Second.Id,
                ["since"] = p.Second.Since?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ["ports"] = new JsonObject([.. p.First.Ports.Select(o => KeyValuePair.Create(o.Setting, (JsonNode?)provider.Places.Of(o)))]),
                ["log"] = p.Second.Log,
                ["note"] = p.Second.Note,
            })]),
        });
        return ExitCode.Done;
    }

    private static string State(IInfraProvider provider, InfraService service, ServiceProcess process) =>
        !provider.Has(service) ? "n/a" : provider is not IInfraControl ? "external" : process.Runs ? "runs" : "stopped";

    private static string Age(TimeSpan age) => age.TotalMinutes < 1 ? $"{Math.Max(0, (int)age.TotalSeconds)} s" : age.TotalHours < 1 ? $"{(int)age.TotalMinutes} min" : age.TotalDays < 2 ? $"{(int)age.TotalHours} h {age.Minutes} min" : $"{(int)age.TotalDays} days";
}
