using System.Globalization;
using Bf.Jobs.Config;

namespace Bf.Jobs.Infra;

/// <summary>
/// Where the services listen on this machine: a port's setting, else the port of the address by which bf is told to reach the service
/// where that is this machine (<c>MINIO_ENDPOINT=localhost:19000</c>), else the usual port.
/// </summary>
public sealed class InfraPlaces(Settings settings)
{
    /// <summary>The address that services listen on: of this machine alone unless <c>BIND_ADDRESS</c> says otherwise.</summary>
    public string Bind => settings.Of("BIND_ADDRESS").Value!;

    /// <summary>The host by which this machine's services are reached from itself.</summary>
    public string Host => Bind is "0.0.0.0" or "::" or "127.0.0.1" ? "localhost" : Bind;

    /// <summary>A port's number.</summary>
    /// <exception cref="JobException">The setting is no port.</exception>
    public int Of(ServicePort port)
    {
        ArgumentNullException.ThrowIfNull(port);
        var own = settings.Of(port.Setting);
        if (own is { Origin: not SettingOrigin.Default, Value: { } text })
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536 ? number
                : throw new JobException($"{port.Setting}: '{text}' is no port; write a number from 1 to 65535");
        }

        var address = InfraService.All.FirstOrDefault(s => s.Ports[0] == port)?.AddressSetting;
        return address is not null && LocalPort(settings.Of(address).Value!) is { } given ? given : port.Default;
    }

    /// <summary>A port's address, with its scheme where it has one: <c>http://localhost:9200</c>, <c>localhost:9092</c>.</summary>
    public string Address(ServicePort port)
    {
        ArgumentNullException.ThrowIfNull(port);
        var place = string.Create(CultureInfo.InvariantCulture, $"{Host}:{Of(port)}");
        return port.Scheme.Length == 0 ? place : $"{port.Scheme}://{place}";
    }

    private static int? LocalPort(string address)
    {
        var first = address.Split(',')[0];
        var uri = Uri.TryCreate(first.Contains("://", StringComparison.Ordinal) ? first : $"http://{first}", UriKind.Absolute, out var parsed) ? parsed : null;
        return uri is { IsLoopback: true, Port: > 0 } ? uri.Port : null;
    }
}
