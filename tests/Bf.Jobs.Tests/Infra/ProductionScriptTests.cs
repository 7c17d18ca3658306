using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Bf.Jobs.Tests.Infra;

/// <summary>The two scripts of production's one-shot jobs, run as the containers run them.</summary>
public sealed class ProductionScriptTests
{
    private static readonly Dictionary<string, string> Good = new(StringComparer.Ordinal)
    {
        ["MINIO_ACCESS_KEY"] = "lakekeeper", ["MINIO_SECRET_KEY"] = "a-secret-of-its-own", ["ELASTIC_PASSWORD"] = "a-password.of~its=own",
        ["ELASTICSEARCH_USERNAME"] = "breadthflow", ["ELASTICSEARCH_PASSWORD"] = "another-password", ["KIBANA_PASSWORD"] = "a-third-password",
        ["KIBANA_ENCRYPTION_KEY"] = new('a', 32), ["KIBANA_SECURITY_KEY"] = new('b', 32), ["KIBANA_REPORTING_KEY"] = new('c', 64), ["GRAFANA_PASSWORD"] = "a-fourth-password",
    };

    [Fact]
    public void Passwords_of_ones_own_pass()
    {
        var (code, said) = Run("sh", "preflight.sh", Good);
        Assert.Equal("preflight: no default passwords", said.Trim());
        Assert.Equal(0, code);
    }

    [Theory]
    [InlineData("MINIO_ACCESS_KEY", "minioadmin", "a default that everybody knows")]
    [InlineData("MINIO_SECRET_KEY", "minioadmin", "a default that everybody knows")]
    [InlineData("GRAFANA_PASSWORD", "admin", "a default that everybody knows")]
    [InlineData("KIBANA_ENCRYPTION_KEY", "development-only-key-known-to-everybody", "a default that everybody knows")]
    [InlineData("ELASTIC_PASSWORD", "changeme", "a default that everybody knows")]
    [InlineData("ELASTIC_PASSWORD", "short", "too short: it needs 12")]
    [InlineData("ELASTIC_PASSWORD", "", "too short: it needs 12")]
    [InlineData("KIBANA_SECURITY_KEY", "thirty-one-characters-are-not32", "too short: it needs 32")]
    [InlineData("KIBANA_PASSWORD", "with\"quotes-and-more", "has signs other than")]
    [InlineData("ELASTICSEARCH_PASSWORD", "with$dollar-and-more", "has signs other than")]
    public void A_default_or_weak_password_ends_it_and_is_not_shown(string name, string value, string because)
    {
        var (code, said) = Run("sh", "preflight.sh", new(Good) { [name] = value });
        Assert.Equal(1, code);
        Assert.StartsWith($"preflight: {name} ", said, StringComparison.Ordinal);
        Assert.Contains(because, said, StringComparison.Ordinal);
        Assert.Single(said.Trim().Split('\n'));
        Assert.True(value.Length < 8 || !said.Contains(value, StringComparison.Ordinal), said);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once_and_an_open_address_is_a_warning()
    {
        var (code, said) = Run("sh", "preflight.sh", new() { ["BIND_ADDRESS"] = "0.0.0.0" });
        Assert.Equal(1, code);
        Assert.All(Good.Keys, k => Assert.Contains($"preflight: {k} ", said, StringComparison.Ordinal));
        Assert.Contains("BIND_ADDRESS opens all ports", said, StringComparison.Ordinal);
        Assert.Equal(0, Run("sh", "preflight.sh", new(Good) { ["BIND_ADDRESS"] = "0.0.0.0" }).Code);
    }

    [Fact]
    public async Task Elasticsearchs_users_are_made_by_the_superuser_with_the_passwords_of_the_settings()
    {
        Assert.SkipWhen(Missing("bash") || Missing("curl"), "bash or curl is not here");
        var calls = new ConcurrentQueue<(string Line, string User, JsonNode Body)>();
        await using var server = LocalServer.Start(async call =>
        {
            var body = await JsonNode.ParseAsync(call.Request.Body);
            var user = Encoding.UTF8.GetString(Convert.FromBase64String($"{call.Request.Headers.Authorization}"["Basic ".Length..]));
            calls.Enqueue(($"{call.Request.Method} {call.Request.Path}", user, body!));
        });

        var (code, said) = Run("bash", "users.sh", new(Good) { ["ELASTICSEARCH_URL"] = server.Urls.First() });

        Assert.True(code == 0, said);
        Assert.Equal(["PUT /_security/user/kibana_system/_password", "PUT /_security/role/breadthflow", "PUT /_security/user/breadthflow"], calls.Select(c => c.Line));
        Assert.All(calls, c => Assert.Equal("elastic:" + Good["ELASTIC_PASSWORD"], c.User));
        var bodies = calls.Select(c => c.Body).ToList();
        Assert.Equal(Good["KIBANA_PASSWORD"], (string?)bodies[0]["password"]);
        Assert.Equal(["monitor", "manage_index_templates"], bodies[1]["cluster"]!.AsArray().Select(c => (string)c!));
        Assert.Contains("breadth*", bodies[1]["indices"]![0]!["names"]!.AsArray().Select(n => (string)n!));
        Assert.Equal(Good["ELASTICSEARCH_PASSWORD"], (string?)bodies[2]["password"]);
        Assert.Equal(["breadthflow", "kibana_admin"], bodies[2]["roles"]!.AsArray().Select(r => (string)r!));
        Assert.DoesNotContain(Good["KIBANA_PASSWORD"], said, StringComparison.Ordinal);
    }

    private static bool Missing(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).All(p => !File.Exists(Path.Combine(p, program)));

    private static (int Code, string Said) Run(string shell, string script, Dictionary<string, string> environment)
    {
        Assert.SkipWhen(Missing(shell), $"{shell} is not here");
        var start = new ProcessStartInfo(shell, [ComposeFile.PathOf("prod", script)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }
}
