using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bf.Jobs.Tests.Infra.Observe;

public sealed partial class DashboardTests
{
    private static readonly string Provisioning = Path.Combine(Repository.Root, "infra", "grafana", "provisioning");

    public static TheoryData<string> Names => [.. Dashboard.All.Select(d => d.Name)];

    [Fact]
    public void There_are_four_each_under_a_name_of_its_own()
    {
        Assert.Equal(["lake", "overview", "stream", "system"], Dashboard.All.Select(d => d.Name));
        Assert.All(Dashboard.All, d => Assert.Equal($"bf-{d.Name}", d.Uid));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_query_asks_only_for_what_is_given_out(string name)
    {
        var dashboard = Of(name);
        Assert.NotEmpty(dashboard.Queries);
        Assert.All(dashboard.Queries, q => Assert.Empty(KnownNames.Unknown(q)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Panels_have_ids_titles_descriptions_and_units_and_do_not_overlap(string name)
    {
        var dashboard = Of(name);
        Assert.Equal(dashboard.Panels.Count(), dashboard.Panels.Select(p => p.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.Equal(dashboard.Charts.Count(), dashboard.Charts.Select(p => p.GetProperty("title").GetString()).Distinct().Count());
        Assert.All(dashboard.Panels, p => Assert.NotEmpty(p.GetProperty("title").GetString()!));
        Assert.All(dashboard.Charts, p =>
        {
            Assert.EndsWith(".", p.GetProperty("description").GetString()!, StringComparison.Ordinal);
            Assert.NotEmpty(p.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString()!);
            Assert.NotEmpty(p.GetProperty("targets").EnumerateArray());
        });

        var taken = new HashSet<(int X, int Y)>();
        foreach (var grid in dashboard.Panels.Select(p => p.GetProperty("gridPos")))
        {
            var (x, y, w, h) = (Number(grid, "x"), Number(grid, "y"), Number(grid, "w"), Number(grid, "h"));
            Assert.True(x >= 0 && w > 0 && h > 0 && x + w <= 24, grid.ToString());
            foreach (var cell in from a in Enumerable.Range(x, w) from b in Enumerable.Range(y, h) select (a, b))
            {
                Assert.True(taken.Add(cell), $"{name}: two panels at {cell}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Data_sources_and_the_dashboards_that_links_lead_to_exist(string name)
    {
        var provisioned = RuleFile.Read<Sources>(Path.Combine(Provisioning, "datasources", "datasources.yml")).Datasources.ToDictionary(d => d.Uid, d => d.Type);
        Assert.All(Of(name).Properties.Where(p => p.Name == "datasource"), p =>
        {
            var uid = p.Value.GetProperty("uid").GetString()!;
            Assert.Equal(uid == "-- Grafana --" ? "grafana" : provisioned[uid], p.Value.GetProperty("type").GetString());
        });
        Assert.All(Of(name).Properties.Where(p => p.Name == "url" && p.Value.GetString()!.StartsWith("/d/", StringComparison.Ordinal)),
            p => Assert.Contains(p.Value.GetString()!["/d/".Length..], Dashboard.All.Select(d => d.Uid)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Variables_are_used_and_what_is_used_is_a_variable(string name)
    {
        var dashboard = Of(name);
        var used = dashboard.Expressions.SelectMany(e => Variable().Matches(e)).Select(m => m.Groups[1].Value).Where(v => !v.StartsWith("__", StringComparison.Ordinal));
        Assert.Equal(dashboard.Variables.Select(v => v.GetProperty("name").GetString()!).Order(StringComparer.Ordinal), used.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_are_of_the_schema_of_one_Grafana_and_lie_where_it_looks()
    {
        Assert.Single(Dashboard.All.Select(d => Number(d.Root, "schemaVersion")).Distinct());
        Assert.Contains("path: /etc/grafana/dashboards", File.ReadAllText(Path.Combine(Provisioning, "dashboards", "dashboards.yml")), StringComparison.Ordinal);
    }

    private static Dashboard Of(string name) => Dashboard.All.Single(d => d.Name == name);

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    [GeneratedRegex(@"\$(\w+)")]
    private static partial Regex Variable();

    internal sealed class Sources
    {
        public List<Source> Datasources { get; set; } = [];
    }

    internal sealed class Source
    {
        public string Uid { get; set; } = "";

        public string Type { get; set; } = "";
    }
}
