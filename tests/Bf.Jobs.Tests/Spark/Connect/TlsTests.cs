using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Tests.Spark.Connect;

public sealed class TlsTests
{
    [Fact]
    public void A_token_and_headers_go_over_tls()
    {
        using var certificate = SelfSigned();
        using var server = new FakeConnect(4, certificate);
        var address = SparkAddress.Parse($"{server.Address.Host}:{server.Address.Port}/;token=tok%20en;X-Cluster-Id=17");

        using var session = SparkSession.Open(address, new(), tls => tls.RemoteCertificateValidationCallback = (_, found, _, _) => found!.GetCertHashString() == certificate.GetCertHashString());

        Assert.Equal(12, session.Query("SELECT 1").Sum(b => b.Rows));
        Assert.Equal(("Bearer tok en", "17", "trailers"), (server.Headers.Authorization.ToString(), server.Headers["x-cluster-id"].ToString(), server.Headers.TE.ToString()));
    }

    [Fact]
    public void A_certificate_that_nobody_vouches_for_is_not_taken_and_no_token_is_sent()
    {
        using var certificate = SelfSigned();
        using var server = new FakeConnect(0, certificate);

        var down = Assert.Throws<ServiceDownException>(() => SparkSession.Open(server.Address with { Token = "SECRET" }));

        Assert.Contains("SSL_CERT_FILE", down.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", down.Message, StringComparison.Ordinal);
        Assert.Empty(server.Headers);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
