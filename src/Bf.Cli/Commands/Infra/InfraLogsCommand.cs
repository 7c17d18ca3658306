using System.CommandLine;
using Bf.Jobs;
using Bf.Jobs.Infra;

namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra logs</c>.</summary>
internal sealed class InfraLogsCommand : BfCommand
{
    private const int UsualTail = 100;

    private readonly Argument<string[]> _services = InfraChoice.Services();
    private readonly Option<string?> _provider = InfraChoice.Provider();
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "go on as lines come; Ctrl-C ends it" };
    private readonly Option<string?> _since = new("--since") { Description = "only what is younger: 30s, 10m, 2h", HelpName = "TIME" };
    private readonly Option<int?> _tail = new("--tail", "-n") { Description = $"only the last lines of each (else {UsualTail}, or all that --since gives)", HelpName = "N" };

    public InfraLogsCommand()
        : base("logs", "what services say, with their name before each line where there are several", "bf infra logs", "bf infra logs kafka --follow", "bf infra logs spark --since 10m", "bf infra logs elasticsearch --tail 20")
    {
        Arguments.Add(_services);
        Options.Add(_provider);
        Options.Add(_follow);
        Options.Add(_since);
        Options.Add(_tail);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        string[] names = call.Get(_services)!;
        var services = names.Length == 0 ? InfraService.All : call.Named(_services);
        var since = Durations.ParseOrNull(_since.Name, call.Get(_since));
        var tail = call.Get(_tail);
        if (tail is < 0)
        {
            throw new UsageException($"{_tail.Name}: {tail} is no number of lines");
        }

        // the first line that says which provider it is would be taken for a line of a log
        var provider = InfraProviders.Choose(call.Settings, call.Get(_provider), InfraMachine.Here(call.Clock), call.Cancel);
        if (provider is not IInfraControl control)
        {
            throw new JobException($"the services are external ({provider.Reason}): their logs are where they run");
        }

        if (call.Out.Json)
        {
            throw new UsageException("logs are lines, not one document; leave --json out");
        }

        if (services.FirstOrDefault(s => names.Contains(s.Name) && !control.Has(s)) is { } absent)
        {
            throw new JobException($"{absent.Name}: {control.Lacking(absent)}");
        }

        if (control.Name == "native" && !services.Any(s => control.Process(s).Log is not null))
        {
            Console.Error.WriteLine("no logs here yet: bf infra start");
        }

        control.Logs([.. services.Where(control.Has)], new(call.Get(_follow), since, tail ?? (since is null ? UsualTail : null)), Console.Out, call.Cancel);
        return ExitCode.Done;
    }
}
