using Bf.Jobs.Config;

namespace Bf.Jobs.Infra.Health;

/// <summary>
/// Where the services are asked: those of this machine at the provider's ports, an outside one where its setting says.
/// How they are spoken to (keys, TLS) stands in the settings in either case.
/// </summary>
internal sealed class Places(IInfraProvider provider, Settings settings)
{
    // what bf itself does not speak to: without an address it is not missed
    private static readonly InfraService[] Watching =
        [InfraService.Kibana, InfraService.SparkMaster, InfraService.SparkWorker, InfraService.Prometheus, InfraService.Grafana, InfraService.Jaeger];

    /// <summary>The settings.</summary>
    public Settings Settings { get; } = settings;

    /// <summary>Whether somebody else runs the services.</summary>
    public bool IsExternal { get; } = provider.Name == "external";

    /// <summary>The setting that has to be given before an outside service is missed; null where it is given, or need not be.</summary>
    public string? Unset(InfraService service) =>
        IsExternal && Watching.Contains(service) && AddressSetting(service) is var name && Settings.Of(name).Origin == SettingOrigin.Default ? name : null;

    /// <summary>The setting that says where an outside service is.</summary>
    public static string AddressSetting(InfraService service) =>
        service.AddressSetting ?? (service == InfraService.SparkWorker ? InfraService.SparkMaster.AddressSetting : null) ?? service.Ports[0].Setting;

    /// <summary>The address of a service over HTTP that a setting names, with its scheme.</summary>
    public Uri Http(string setting, ServicePort port)
    {
        var given = Settings.Of(setting).Value!.Split(',')[0].Trim();
        var own = Uri.TryCreate(given.Contains("://", StringComparison.Ordinal) ? given : $"http://{given}", UriKind.Absolute, out var parsed) ? parsed : null;
        return !IsExternal ? new($"{(own is { IsLoopback: true, Scheme: "https" } ? "https" : "http")}://{provider.Places.Host}:{Number(port)}/")
            : own is { Scheme: "http" or "https" } && !given.Contains('@', StringComparison.Ordinal) ? new UriBuilder(own.Scheme, own.Host, HasPort(given) ? own.Port : port.Default).Uri
            : throw new JobException($"{setting} is no address like localhost:{port.Default} or https://HOST:{port.Default}");
    }

    /// <summary>The address of a service over HTTP of which only the port is set.</summary>
    public Uri Http(ServicePort port) => new($"{provider.Places.Address(port)}/");

    /// <summary>Spark's own pages, where the master tells of itself and of its workers.</summary>
    public Uri SparkPages()
    {
        var port = InfraService.SparkMaster.Ports[1];
        var master = Settings.Of("SPARK_MASTER_URL").Value!.Split(',')[0];
        return !IsExternal ? Http(port)
            : Uri.TryCreate(master.Contains("://", StringComparison.Ordinal) ? master : $"spark://{master}", UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? new($"http://{uri.Host}:{Number(port)}/")
            : throw new JobException("SPARK_MASTER_URL is no address like spark://HOST:7077");
    }

    /// <summary>Kafka's brokers.</summary>
    public string Brokers() => IsExternal ? Settings.Of("KAFKA_BOOTSTRAP_SERVERS").Value! : provider.Places.Address(InfraService.Kafka.Ports[0]);

    /// <summary>The Spark Connect server, with all that its setting says of how it is spoken to.</summary>
    public string Connect()
    {
        var given = Settings.Of("SPARK_REMOTE").Value!;
        var options = given.IndexOf("/;", StringComparison.Ordinal);
        return IsExternal ? given : $"{provider.Places.Address(InfraService.SparkConnect.Ports[0])}{(options < 0 ? "" : given[options..])}";
    }

    private string Number(ServicePort port) => provider.Places.Of(port).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static bool HasPort(string address) => address.LastIndexOf(':') > Math.Max(address.LastIndexOf(']'), address.IndexOf("://", StringComparison.Ordinal));
}
