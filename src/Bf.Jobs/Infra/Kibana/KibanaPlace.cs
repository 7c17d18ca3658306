using Bf.Jobs.Config;

namespace Bf.Jobs.Infra.Kibana;

/// <summary>Where Kibana is: as <c>KIBANA_HOST</c> says, with the path before its pages where it has one; else at its port of this machine.</summary>
internal static class KibanaPlace
{
    /// <summary>The address that the settings name; it ends in a slash.</summary>
    /// <exception cref="JobException">The setting is no address.</exception>
    public static Uri Of(Settings settings)
    {
        var given = settings.Of("KIBANA_HOST");
        if (given.Origin == SettingOrigin.Default)
        {
            return new($"{new InfraPlaces(settings).Address(InfraService.Kibana.Ports[0])}/");
        }

        var text = given.Value!.Trim().TrimEnd('/');
        if (text.Contains('@', StringComparison.Ordinal))
        {
            throw new JobException("KIBANA_HOST holds a user's name or password; set ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD instead");
        }

        var named = text.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate($"{(named ? text : $"http://{text}")}/", UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0 || uri.Query.Length > 0)
        {
            throw new JobException($"KIBANA_HOST: '{text}' is no address: write HOST:5601, or https://HOST for TLS");
        }

        // without a scheme, a host alone is meant at Kibana's own port
        return named || !uri.IsDefaultPort || text.Split('/')[0].EndsWith(":80", StringComparison.Ordinal) ? uri : new UriBuilder(uri) { Port = InfraService.Kibana.Ports[0].Default }.Uri;
    }
}
