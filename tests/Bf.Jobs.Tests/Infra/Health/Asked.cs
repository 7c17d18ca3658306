using Bf.Jobs.Config;
using Bf.Jobs.Infra;
using Bf.Jobs.Infra.Health;

namespace Bf.Jobs.Tests.Infra.Health;

/// <summary>Asks services with the settings of a test.</summary>
internal static class Asked
{
    /// <summary>Settings of a test alone.</summary>
    public static Settings Settings(params (string Name, string Value)[] values) =>
        new(values.ToDictionary(v => v.Name, v => v.Value), _ => null, AppContext.BaseDirectory);

    /// <summary>One outside service that was named.</summary>
    public static ServiceHealth One(InfraService service, params (string Name, string Value)[] values) => One(service, new FakeProvider(Settings(values)), values);

    /// <summary>One service of a provider.</summary>
    public static ServiceHealth One(InfraService service, FakeProvider provider, params (string Name, string Value)[] values) =>
        Assert.Single(HealthCheck.Run(provider, Settings(values), [service], HealthCheck.Longest, TimeProvider.System, TestContext.Current.CancellationToken, named: true));
}
