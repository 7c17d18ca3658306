using System.CommandLine;
using Bf.Jobs;
using Bf.Jobs.Infra;

namespace Bf.Cli.Commands.Infra;

/// <summary>What every command of <c>bf infra</c> takes: the provider, and which services are meant.</summary>
internal static class InfraChoice
{
    /// <summary>The option <c>--provider</c>.</summary>
    public static Option<string?> Provider()
    {
        var option = new Option<string?>("--provider") { Description = "docker, native or external (else BF_INFRA_PROVIDER, else what is there)", HelpName = "NAME" };
        option.AcceptOnly([.. InfraProviders.Names]);
        return option;
    }

    /// <summary>The argument that names services.</summary>
    public static Argument<string[]> Services()
    {
        var argument = new Argument<string[]>("SERVICE") { HelpName = "SERVICE", Description = $"{string.Join(", ", InfraService.All.Select(s => s.Name))}; spark is its three; none is all", Arity = ArgumentArity.ZeroOrMore };
        argument.CompletionSources.Add([.. InfraService.All.Select(s => s.Name), "spark"]);
        return argument;
    }

    /// <summary>The services that were named; a name that is none is wrong usage.</summary>
    public static IReadOnlyList<InfraService> Named(this Invocation call, Argument<string[]> argument)
    {
        try
        {
            return InfraService.Named(call.Get(argument) ?? []);
        }
        catch (JobException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>The provider, said in the first line with why it is this one.</summary>
    public static IInfraProvider ChooseProvider(this Invocation call, Option<string?> option)
    {
        var provider = InfraProviders.Choose(call.Settings, call.Get(option), InfraMachine.Here(call.Clock), call.Cancel);
        call.Out.Prose($"{provider.Name}: {provider.Reason}");
        Console.Out.Flush(); // what follows may take long, and errors come after it
        return provider;
    }

    /// <summary>Of the services those that the provider has; one that was named has to be among them, of the others it is said what is not.</summary>
    public static IReadOnlyList<InfraService> Startable(this Invocation call, IInfraControl control, IReadOnlyList<InfraService> services, string[] names)
    {
        var lacking = services.Where(s => control.Lacking(s) is not null).ToList();
        if (lacking.Find(s => names.Contains(s.Name)) is { } named)
        {
            throw new JobException($"{named.Name}: {control.Lacking(named)}");
        }

        if (lacking.Count == services.Count)
        {
            throw new JobException($"there is nothing to start: {control.Lacking(lacking[0])}");
        }

        foreach (var reason in lacking.GroupBy(control.Lacking))
        {
            call.Out.Line($"n/a: {string.Join(", ", reason.Select(s => s.Name))} ({reason.Key})");
        }

        return [.. services.Except(lacking)];
    }

    /// <summary>A provider that can start and stop services.</summary>
    public static IInfraControl ChooseControl(this Invocation call, Option<string?> option) =>
        call.ChooseProvider(option) as IInfraControl
            ?? throw new JobException("nothing can be started or stopped here: the services are external. Install Docker, or unpack the archives and name them (SPARK_HOME, KAFKA_HOME, ES_HOME, minio on the PATH); docs/infrastructure.md says how");
}
