using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Bf.Jobs.Config;
using Bf.Jobs.Search.Documents;
using Bf.Jobs.Search.Elastic;

namespace Bf.Jobs.Tests.Search;

/// <summary>How Elasticsearch is reached, and what is said when it is not.</summary>
public sealed class ElasticAccessTests
{
    private static readonly SearchDocument[] One = [new("thrusts-2018", "one", Encoding.UTF8.GetBytes("{}"))];

    [Fact]
    public void A_refused_login_names_the_setting_and_never_the_secret()
    {
        using var server = new FakeElastic();

        server.Wholes.Enqueue(401);
        Assert.Contains("refuses the API key (ELASTICSEARCH_API_KEY)", Refused(server.Settings with { ApiKey = "s3cret" }), StringComparison.Ordinal);
        Assert.Equal("ApiKey s3cret", server.Headers.Authorization);
        server.Wholes.Enqueue(401);
        Assert.Contains("the user (ELASTICSEARCH_USERNAME, ELASTICSEARCH_PASSWORD)", Refused(server.Settings with { User = "me", Password = "s3cret" }), StringComparison.Ordinal);
        Assert.Equal($"Basic {Convert.ToBase64String("me:s3cret"u8)}", server.Headers.Authorization);
        server.Wholes.Enqueue(403);
        Assert.Contains("lets the API key (ELASTICSEARCH_API_KEY) not do that: so the server says", Refused(server.Settings with { ApiKey = "s3cret" }), StringComparison.Ordinal);
        server.Wholes.Enqueue(401);
        Assert.Contains("wants a login: set ELASTICSEARCH_API_KEY", Refused(server.Settings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_host_is_asked_where_one_is_down_and_kept()
    {
        using var server = new FakeElastic();
        var settings = server.Settings with { Hosts = [new("http://127.0.0.1:1/"), server.Address] };
        using var index = new ElasticIndex(settings);
        index.Bulk(One, default);
        Assert.True(Assert.Single(index.Bulk(One, default).Items).IsDone);

        server.Dispose();
        var error = Assert.Throws<ServiceDownException>(() => index.Refresh("thrusts"));
        Assert.Contains($"does not answer at 127.0.0.1:1, {server.Address.Authority}", error.Message, StringComparison.Ordinal);
        Assert.Contains("Start it (bf infra start elasticsearch), or set ELASTICSEARCH_HOST", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_Elasticsearch_is_named()
    {
        using var server = new FakeElastic();
        server.Wholes.Enqueue(405);
        Assert.Contains($"what answers at {server.Address.Authority} is no Elasticsearch", Refused(server.Settings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_is_believed_where_it_comes_from_the_file_that_is_named()
    {
        using var folder = new TempFolder();
        using var certificate = SelfSigned("localhost");
        using var server = new FakeElastic(certificate);
        var host = new Uri($"https://localhost:{server.Address.Port}/");
        var file = folder.Write("ca.pem", certificate.ExportCertificatePem());
        using var other = SelfSigned("localhost");
        var wrong = folder.Write("other.pem", other.ExportCertificatePem());

        Assert.Contains("the certificate CN=localhost, issued by CN=localhost, is not trusted", Refused(new() { Hosts = [host] }), StringComparison.Ordinal);
        Assert.Contains("not trusted by what ELASTICSEARCH_CA names", Refused(new() { Hosts = [host], CertificateFile = wrong }), StringComparison.Ordinal);
        Assert.Contains("is for another host", Refused(new() { Hosts = [new($"https://127.0.0.1:{server.Address.Port}/")], CertificateFile = file }), StringComparison.Ordinal);
        using var index = new ElasticIndex(new() { Hosts = [host], CertificateFile = file });
        Assert.True(Assert.Single(index.Bulk(One, default).Items).IsDone);

        Assert.Contains("can't be read", Refused(new() { Hosts = [host], CertificateFile = folder.At("none.pem") }), StringComparison.Ordinal);
        Assert.Contains("holds no certificate", Refused(new() { Hosts = [host], CertificateFile = folder.Write("empty.pem", "nothing") }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_speaks_TLS_is_told_from_one_that_does_not()
    {
        using var plain = new FakeElastic();
        using var index = new ElasticIndex(new() { Hosts = [new($"https://localhost:{plain.Address.Port}/")] });
        Assert.Contains("no TLS came about", Assert.Throws<ServiceDownException>(() => index.Refresh("thrusts")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search", "http://search:9200/")]
    [InlineData("a:1, https://b ,http://c:80/es", "http://a:1/ https://b/ http://c/es/")]
    [InlineData("http://[::1]", "http://[::1]:9200/")]
    public void Addresses_are_read_as_they_are_written(string hosts, string read) =>
        Assert.Equal(read, string.Join(' ', Settings(("ELASTICSEARCH_HOST", hosts)).Hosts));

    [Fact]
    public void A_file_of_certificates_means_TLS() =>
        Assert.Equal("https://search:9200/", $"{Settings(("ELASTICSEARCH_HOST", "search:9200"), ("ELASTICSEARCH_CA", "ca.pem")).Hosts[0]}");

    [Fact]
    public void Requests_are_packed_for_other_machines_unless_told_otherwise()
    {
        Assert.False(Settings().Gzip);
        Assert.True(Settings(("ELASTICSEARCH_HOST", "search")).Gzip);
        Assert.False(Settings(("ELASTICSEARCH_HOST", "search"), ("ELASTICSEARCH_GZIP", "false")).Gzip);
    }

    [Theory]
    [InlineData("ELASTICSEARCH_HOST", "http://me:s3cret@search", "holds a user's name or password")]
    [InlineData("ELASTICSEARCH_HOST", "ftp://search", "is no address")]
    [InlineData("ELASTICSEARCH_HOST", " , ", "names no address")]
    [InlineData("ELASTICSEARCH_PASSWORD", "s3cret", "belong together")]
    [InlineData("ELASTICSEARCH_REPLICAS", "-1", "must be a whole number from 0 on")]
    [InlineData("ELASTICSEARCH_GZIP", "yes", "must be true or false")]
    public void Wrong_settings_are_named_without_secrets(string name, string value, string message)
    {
        var error = Assert.Throws<JobException>(() => Settings((name, value))).Message;
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Contains(name, error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
    }

    private static ElasticSettings Settings(params (string Name, string Value)[] given) =>
        ElasticSettings.Of(new Settings(given.ToDictionary(g => g.Name, g => g.Value), _ => null, Path.GetTempPath()));

    private static string Refused(ElasticSettings settings)
    {
        var error = Assert.Throws<JobException>(() =>
        {
            using var index = new ElasticIndex(settings);
            index.Bulk(One, default);
        }).Message;
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
        return error;
    }

    private static X509Certificate2 SelfSigned(string host)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
