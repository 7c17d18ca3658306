using System.ComponentModel;
using System.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace Bf.Jobs.Tests.Infra;

/// <summary>Docker Compose itself reads the files: whichever is here, the old <c>docker-compose</c> or <c>docker compose</c>. No daemon is needed for that.</summary>
public sealed class ComposeCommandTests
{
    private const string Passwords = """
        MINIO_ACCESS_KEY=lakekeeper
        MINIO_SECRET_KEY=a-secret-of-its-own
        ELASTIC_PASSWORD=a-password-of-its-own
        ELASTICSEARCH_USERNAME=breadthflow
        ELASTICSEARCH_PASSWORD=another-password
        KIBANA_PASSWORD=a-third-password
        KIBANA_ENCRYPTION_KEY=0123456789abcdef0123456789abcdef
        KIBANA_SECURITY_KEY=1123456789abcdef0123456789abcdef
        KIBANA_REPORTING_KEY=2123456789abcdef0123456789abcdef
        GRAFANA_PASSWORD=a-fourth-password
        """;

    private static readonly string Infra = ComposeFile.PathOf("docker-compose.yml");

    private static readonly string Production = ComposeFile.PathOf("docker-compose.prod.yml");

    [Fact]
    public void The_file_is_right_without_any_setting_and_every_service_is_in_it()
    {
        var (code, output, error) = Compose("-f", Infra, "--profile", "cli", "--profile", "observe", "config");
        Assert.True(code == 0, error);
        Assert.Equal(ComposeFile.Base.Services.Select(s => s.Name).Order(), Services(output).Children.Keys.Select(k => $"{k}").Order());
        Assert.Contains("127.0.0.1", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_of_settings_is_one()
    {
        var (code, output, error) = Compose("--env-file", EnvExample.Path, "-f", Infra, "config");
        Assert.True(code == 0, error);
        Assert.Equal("development-only-key-known-to-everybody", $"{Services(output)["kibana"]["environment"]["XPACK_ENCRYPTEDSAVEDOBJECTS_ENCRYPTIONKEY"]}");
    }

    [Fact]
    public void Production_is_right_with_passwords()
    {
        using var folder = new TempFolder();
        var env = folder.Write("production.env", Passwords);
        var (code, output, error) = Compose("--env-file", env, "-f", Infra, "-f", Production, "--profile", "cli", "--profile", "observe", "config");
        Assert.True(code == 0, error);
        var services = Services(output);
        Assert.Equal("-Xms2g -Xmx2g", $"{services["elasticsearch"]["environment"]["ES_JAVA_OPTS"]}");
        Assert.Equal("a-third-password", $"{services["kibana"]["environment"]["ELASTICSEARCH_PASSWORD"]}");
        Assert.Equal("another-password", $"{services["bf"]["environment"]["ELASTICSEARCH_PASSWORD"]}");
        Assert.DoesNotContain("minioadmin", output, StringComparison.Ordinal);
        Assert.Contains("spark-worker", ((YamlMappingNode)services["spark-connect"]["depends_on"]).Children.Keys.Select(k => $"{k}")); // the base's dependencies stay
    }

    [Fact]
    public void Production_without_a_password_does_not_start_and_says_which_is_missing()
    {
        using var folder = new TempFolder();
        var env = folder.Write("production.env", Passwords.Replace("KIBANA_SECURITY_KEY", "OTHER", StringComparison.Ordinal));
        var (code, _, error) = Compose("--env-file", env, "-f", Infra, "-f", Production, "config");
        Assert.NotEqual(0, code);
        Assert.Contains("make Kibana's key for sessions in .env", error, StringComparison.Ordinal);
    }

    // the program and what comes before its arguments; null where there is none
    private static readonly Lazy<(string Program, string[] First)?> Found = new(() => Run("docker", "compose", "version") is { Code: 0 } ? ("docker", ["compose"])
        : Run("docker-compose", "version") is { Code: 0 } ? ("docker-compose", []) : null);

    private static YamlMappingNode Services(string output)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(output));
        return (YamlMappingNode)yaml.Documents[0].RootNode["services"];
    }

    private static (int Code, string Output, string Error) Compose(params string[] arguments)
    {
        Assert.SkipWhen(Found.Value is null, "neither docker compose nor docker-compose is here: the files are read by the other tests only");
        var (program, first) = Found.Value!.Value;
        return Run(program, [.. first, .. arguments])!.Value;
    }

    private static (int Code, string Output, string Error)? Run(string program, params string[] arguments)
    {
        // only what it needs: variables of this process must not get into the files
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = Environment.GetEnvironmentVariable("HOME");
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
