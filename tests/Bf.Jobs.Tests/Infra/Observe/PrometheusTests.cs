using System.Text.RegularExpressions;
using Bf.Jobs.Infra;

namespace Bf.Jobs.Tests.Infra.Observe;

public sealed partial class PrometheusTests
{
    [Fact]
    public void Prometheus_takes_the_configuration_and_every_rule()
    {
        var (code, said) = Promtool.Run("check", "config", "prometheus.yml");
        Assert.True(code == 0, said);
        foreach (var file in Directory.GetFiles(Path.Combine(RuleFile.Folder, "rules")))
        {
            Assert.Contains($"Checking rules/{Path.GetFileName(file)}", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Alerts_fire_when_they_should_and_only_then()
    {
        var (code, said) = Promtool.Run(["test", "rules", .. RuleTestFile.Paths]);
        Assert.True(code == 0, said);
    }

    [Fact]
    public void Every_alert_has_a_test_in_which_it_fires_and_one_in_which_it_does_not()
    {
        var questions = RuleTestFile.Paths.SelectMany(p => RuleFile.Read<RuleTestFile>(p).Tests).SelectMany(t => t.PromqlExprTest).ToList();
        Assert.All(RuleFile.Alerts, a =>
        {
            Assert.Contains(questions, q => q.Expects(a.Alert!));
            Assert.Contains(questions, q => q.Excludes(a.Alert!));
        });
    }

    [Fact]
    public void Every_alert_says_how_urgent_it_is_what_happened_and_what_to_do()
    {
        var headings = Heading().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "observability.md"))).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(RuleFile.Alerts);
        Assert.All(RuleFile.Alerts, a =>
        {
            Assert.Contains(a.Labels["severity"], (string[])["warning", "critical"]);
            Assert.NotEmpty(a.Annotations["summary"]);
            Assert.NotEmpty(a.Annotations["description"]);
            Assert.Equal($"docs/observability.md#{a.Alert!.ToLowerInvariant()}", a.Annotations["runbook_url"]);
            Assert.Contains(a.Alert!, headings);
        });
        Assert.Equal(RuleFile.Alerts.Count(), RuleFile.Alerts.DistinctBy(a => a.Alert).Count());
    }

    [Fact]
    public void Every_rule_asks_only_for_what_is_given_out() =>
        Assert.All(RuleFile.All.SelectMany(f => f.Rules), r => Assert.Empty(KnownNames.Unknown(r.Expr)));

    [Fact]
    public void Every_target_is_a_service_at_its_port_or_a_command_on_the_host()
    {
        var configuration = RuleFile.Read<Configuration>(Path.Combine(RuleFile.Folder, "prometheus.yml"));
        var targets = configuration.ScrapeConfigs.SelectMany(c => c.StaticConfigs.SelectMany(s => s.All.Select(t => (c.JobName, Target: t)))).ToList();
        Assert.Equal(5, targets.Count);
        Assert.All(targets, t =>
        {
            var (host, port) = (t.Target.Split(':')[0], int.Parse(t.Target.Split(':')[1], null));
            if (host == "host.docker.internal")
            {
                Assert.StartsWith("bf-", t.JobName, StringComparison.Ordinal);
                return;
            }

            var service = Assert.Single(InfraService.All, s => s.Name == t.JobName);
            Assert.True(host == service.Name || host == "localhost");
            Assert.Contains(service.Ports, p => p.Default == port);
        });
    }

    [GeneratedRegex("^### (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    internal sealed class Configuration
    {
        public List<Scrape> ScrapeConfigs { get; set; } = [];
    }

    internal sealed class Scrape
    {
        public string JobName { get; set; } = "";

        public List<Targets> StaticConfigs { get; set; } = [];
    }

    internal sealed class Targets
    {
        [YamlDotNet.Serialization.YamlMember(Alias = "targets")]
        public List<string> All { get; set; } = [];
    }
}
