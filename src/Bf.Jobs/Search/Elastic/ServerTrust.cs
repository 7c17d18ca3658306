using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Bf.Jobs.Search.Elastic;

/// <summary>Which servers' certificates are believed: those that the system trusts, or those that come from the certificates of a file.</summary>
internal sealed class ServerTrust
{
    private readonly X509Certificate2Collection? _roots;
    private readonly string _setting;
    private readonly string _place;

    /// <param name="file">A PEM file; null for what the system trusts.</param>
    /// <param name="setting">The setting that names the file.</param>
    /// <param name="place">The setting that names the server.</param>
    /// <exception cref="JobException">The file can't be read, or holds no certificate.</exception>
    public ServerTrust(string? file, string setting = "ELASTICSEARCH_CA", string place = "ELASTICSEARCH_HOST")
    {
        (_setting, _place) = (setting, place);
        if (file is null)
        {
            return;
        }

        try
        {
            _roots = [];
            _roots.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new JobException($"{setting}: {file} can't be read: {e.Message}");
        }

        if (_roots.Count == 0)
        {
            throw new JobException($"{setting}: {file} holds no certificate; it takes a PEM file with -----BEGIN CERTIFICATE-----");
        }
    }

    /// <summary>Why the last certificate was not believed, and what to do; null where it was.</summary>
    public string? Objection { get; private set; }

    /// <summary>Whether a server is believed.</summary>
    public bool Believes(X509Certificate? presented, SslPolicyErrors errors)
    {
        Objection = null;
        if (presented is null)
        {
            return false;
        }

        using var certificate = new X509Certificate2(presented);
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (_roots is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        }

        var shown = $"the certificate {certificate.Subject}, issued by {certificate.Issuer},";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            Objection = $"{shown} is for another host; write the host in {_place} as the certificate names it";
        }
        else if (!chain.Build(certificate))
        {
            var why = string.Join("; ", chain.ChainStatus.Select(s => s.StatusInformation.Trim()).Distinct());
            Objection = _roots is null
                ? $"{shown} is not trusted ({why}); name the file with the certificate that it comes from in {_setting}"
                : $"{shown} is not trusted by what {_setting} names ({why})";
        }

        return Objection is null;
    }
}
