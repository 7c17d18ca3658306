using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Bf.Jobs;
using Bf.Jobs.Config;
using Bf.Jobs.Infra;
using Bf.Jobs.Infra.Health;
using Bf.Jobs.Infra.Kibana;

namespace Bf.Cli.Commands.Infra;

/// <summary>What <c>start</c> and <c>restart</c> have in common: look at the machine, start, wait, say what is and what belongs into <c>.env</c>.</summary>
internal sealed class InfraRun(Invocation call, IInfraControl control)
{
    /// <summary>The option <c>--wait</c>.</summary>
    public static Option<string> Wait() => new("--wait") { Description = "how long to wait until every service is healthy: 30, 90s, 2m", HelpName = "TIME", DefaultValueFactory = _ => "30" };

    /// <summary>Starts services and waits.</summary>
    /// <param name="services">Which.</param>
    /// <param name="wait">How long to wait.</param>
    /// <param name="writeEnv">Whether <c>.env</c> is written.</param>
    public int Start(IReadOnlyList<InfraService> services, TimeSpan wait, bool writeEnv)
    {
        using var start = control.Open(services, Tell, call.Cancel);
        var obstacles = CheckMachine(start);
        start.Prepare(call.Cancel);
        using var board = new StartBoard(call.Out);
        var job = new StartJob((service, cancel) => HealthCheck.Run(control, call.Settings, [service], HealthCheck.Longest, call.Clock, cancel, named: true)[0], call.Clock);
        var (standings, interrupted) = job.Run(start, wait, board.Show, call.Cancel);
        board.End(standings);
        var running = InfraService.All.Where(s => control.Has(s) && control.Runs(s)).ToList();
        IReadOnlyList<(string Name, string Value)> lines = [.. InfraAddresses.Of(control, call.Settings, running), .. InfraAddresses.OfProvider(control, call.Settings)];
        var file = Path.Combine(Directory.GetCurrentDirectory(), ".env");
        var (wrote, changed, overruled) = writeEnv && !interrupted ? Write(file, lines) : (false, false, []);
        call.Out.Document(() => Document(standings, obstacles, lines, wrote ? file : null));
        var code = Say(standings, interrupted, wait);
        if (running.Count > 0 && !interrupted)
        {
            SayEnv(lines, wrote, changed, overruled);
        }

        if (!interrupted && standings.Any(s => s.Service == InfraService.Kibana && s.State == StartState.Healthy))
        {
            Dashboards();
        }

        if (code == ExitCode.Done)
        {
            call.Out.Line("next: bf infra urls (what to open), bf infra health, bf infra stop");
        }

        return code == ExitCode.Done && writeEnv && !interrupted && !wrote ? ExitCode.Failed : code;
    }

    /// <summary>Writes <c>.env</c>; where that can't be, the services run all the same, and what belongs there is said.</summary>
    private static (bool Wrote, bool Changed, IReadOnlyList<string> Overruled) Write(string file, IReadOnlyList<(string Name, string Value)> lines)
    {
        try
        {
            var (changed, overruled) = EnvFile.Write(file, lines);
            return (true, changed, overruled);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: {file} was not written: {e.Message.TrimEnd('.')}");
            return (false, false, []);
        }
    }

    /// <summary>What the machine is warned of; what a start can't succeed with ends it.</summary>
    private static IReadOnlyList<Obstacle> CheckMachine(IInfraStart start)
    {
        var obstacles = start.Preflight();
        foreach (var warning in obstacles.Where(o => !o.Fatal))
        {
            Console.Error.WriteLine($"warning: {warning.What}. Remedy: {warning.Remedy}");
        }

        return !obstacles.Any(o => o.Fatal) ? obstacles
            : throw new JobException(string.Join("\n", obstacles.Where(o => o.Fatal).Select(o => $"{o.What}. Remedy: {o.Remedy}")) + "\nNothing was started.");
    }

    /// <summary>Gives Kibana its dashboard; where it takes none, the services run all the same.</summary>
    private void Dashboards()
    {
        try
        {
            var taken = KibanaImport.Run(new($"{control.Places.Address(InfraService.Kibana.Ports[0])}/"), call.Settings, null, HealthCheck.Longest, call.Clock, _ => { }, call.Cancel);
            call.Out.Line($"the dashboard Breadth and thrust: {taken.Dashboard}");
        }
        catch (Exception e) when (e is JobException or ServiceDownException)
        {
            Console.Error.WriteLine($"warning: {e.Message}. Once that is put right: bf infra kibana import");
        }
    }

    private void Tell(string text)
    {
        if (!call.Out.Quiet)
        {
            Console.Error.WriteLine(text);
        }
    }

    private int Say(IReadOnlyList<ServiceStanding> standings, bool interrupted, TimeSpan wait)
    {
        foreach (var failed in standings.Where(s => s.Failure is not null))
        {
            Console.Error.WriteLine($"error: {failed.Failure!.What}. The whole log: {failed.Failure.Log}{(failed.Failure.LastLines.Count > 0 ? "; its end:" : "")}");
            foreach (var line in failed.Failure.LastLines)
            {
                Console.Error.WriteLine($"    {line}");
            }
        }

        var late = standings.Where(s => s.State is StartState.Starting or StartState.Waiting).ToList();
        if (interrupted)
        {
            var (there, not) = (standings.Where(s => control.Runs(s.Service)).Select(s => s.Service.Name).ToList(), standings.Where(s => !control.Runs(s.Service)).Select(s => s.Service.Name).ToList());
            Console.Error.WriteLine($"interrupted; {(there.Count == 0 ? "nothing runs" : $"{string.Join(", ", there)} {(there.Count == 1 ? "runs" : "run")}")}{(not.Count == 0 ? "" : $", {string.Join(", ", not)} {(not.Count == 1 ? "does" : "do")} not")}. bf infra start goes on from here, bf infra stop ends what runs");
            return ExitCode.Interrupted;
        }

        if (late.Count > 0)
        {
            Console.Error.WriteLine($"error: not healthy after {wait.TotalSeconds:0} s: {string.Join("; ", late.Select(s => s.State == StartState.Waiting ? $"{s.Service.Name} is not started yet, it {s.Detail}" : $"{s.Service.Name} still starts"))}. bf infra start goes on from here; --wait 120 waits longer; bf infra logs {late[0].Service.Name} says what it does");
        }

        return standings.Any(s => s.State == StartState.Failed) ? ExitCode.Failed : late.Count > 0 ? ExitCode.ServiceDown : ExitCode.Done;
    }

    private void SayEnv(IReadOnlyList<(string Name, string Value)> lines, bool wrote, bool changed, IReadOnlyList<string> overruled)
    {
        if (!wrote && lines.All(l => call.Settings.Of(l.Name) is { Origin: not SettingOrigin.Default, Value: { } value } && value == l.Value))
        {
            return; // they are in the settings
        }

        call.Out.Line();
        call.Out.Line(wrote ? changed ? "written to .env, so that the next commands here need no flags:" : ".env has it already:" : "for .env (bf infra start --write-env writes it), so that the next commands need no flags:");
        foreach (var (name, value) in lines)
        {
            call.Out.Line($"  {name}={InfraAddresses.Show(name, value)}");
        }

        if (overruled.Count > 0)
        {
            call.Out.Line($"other lines of .env set {string.Join(", ", overruled)} too; those above come later and hold");
        }

        foreach (var (name, value) in lines)
        {
            if (wrote && Environment.GetEnvironmentVariable(name) is { Length: > 0 } own && own != value)
            {
                Console.Error.WriteLine($"warning: {name} is set in the environment and holds before .env: unset {name}");
            }
        }
    }

    private JsonObject Document(IReadOnlyList<ServiceStanding> standings, IReadOnlyList<Obstacle> obstacles, IReadOnlyList<(string Name, string Value)> lines, string? file) => new()
    {
        ["provider"] = control.Name,
        ["reason"] = control.Reason,
        ["services"] = new JsonArray([.. standings.Select(s => new JsonObject
        {
            ["service"] = s.Service.Name,
            ["state"] = s.State.ToString().ToLowerInvariant(),
            ["seconds"] = s.Took is { } took ? Math.Round(took.TotalSeconds, 1) : null,
            ["address"] = control.Places.Address(s.Service.Ports[0]),
            ["detail"] = s.Detail,
            ["log"] = s.Failure?.Log,
        })]),
        ["warnings"] = new JsonArray([.. obstacles.Select(o => new JsonObject { ["what"] = o.What, ["remedy"] = o.Remedy })]),
        ["env"] = new JsonObject([.. lines.Select(l => KeyValuePair.Create(l.Name, (JsonNode?)InfraAddresses.Show(l.Name, l.Value)))]),
        ["env_file"] = file,
    };

    /// <summary>Seconds with a decimal.</summary>
    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
