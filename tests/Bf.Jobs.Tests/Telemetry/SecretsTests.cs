using Bf.Jobs.Config;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Tests.Telemetry;

[Collection(nameof(TelemetryState))]
public sealed class SecretsTests
{
    [Fact]
    public void Values_of_secret_settings_go_wherever_they_stand()
    {
        using var folder = new TempFolder();
        folder.Write(".env", "MINIO_SECRET_KEY=s3cret+/key\nSPARK_REMOTE=sc://me:pw@host:15002/;token=tok-123;use_ssl=true\nOTEL_EXPORTER_OTLP_HEADERS=x-key=hdr-456,authorization=Bearer abc def\n");
        Secrets.Know(new Settings(new Dictionary<string, string>(), name => name == "ELASTICSEARCH_PASSWORD" ? "p@ss word" : null, folder.Path));
        try
        {
            Assert.Equal("a ******** b ********", Secrets.Mask("a s3cret+/key b s3cret%2B%2Fkey"));
            Assert.Equal("sc://********@host:15002/;token=********;use_ssl=true", Secrets.Mask("sc://me:pw@host:15002/;token=tok-123;use_ssl=true"));
            Assert.Equal("******** ******** ******** ********", Secrets.Mask("hdr-456 Bearer abc def p@ss word p%40ss%20word"));
        }
        finally
        {
            Secrets.Know(new Settings(new Dictionary<string, string>(), _ => null, folder.Path));
        }
    }

    [Theory]
    [InlineData("http://user:pass@host:9200/x and https://host/y", "http://********@host:9200/x and https://host/y")]
    [InlineData("'http://a:b@c@d'", "'http://********@d'")]
    [InlineData("mail me@home.example", "mail me@home.example")]
    [InlineData("http://host/path@here", "http://host/path@here")]
    [InlineData("://@", "://@")]
    public void A_name_and_password_in_an_address_go(string text, string shown) => Assert.Equal(shown, Secrets.Mask(text));
}
