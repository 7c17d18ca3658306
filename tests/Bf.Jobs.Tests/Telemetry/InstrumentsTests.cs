using System.Diagnostics.Metrics;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Tests.Telemetry;

/// <summary>The catalogue of metrics against what gives them out, and against the page that lists them.</summary>
public sealed class InstrumentsTests
{
    [Fact]
    public void The_page_lists_what_there_is()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "observability.md")).ReplaceLineEndings("\n");
        var list = InstrumentsPage.Markdown();

        Assert.True(page.Contains(list, StringComparison.Ordinal), $"docs/observability.md does not have the list as it is now; put the output of ./bf config metrics --markdown between {InstrumentsPage.Begin} and {InstrumentsPage.End}");
        Assert.All(Instruments.All, m => Assert.Contains($"`{m.Name}` (", list, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_metric_that_is_declared_is_in_the_list_once()
    {
        var declared = typeof(Instruments).GetFields().Where(f => f.FieldType == typeof(Metric)).Select(f => ((Metric)f.GetValue(null)!).Name).ToList();

        Assert.Equal(declared.Order(), Instruments.Own.Select(m => m.Name).Order());
        Assert.Distinct(Instruments.All.Select(m => m.PrometheusName));
    }

    [Fact]
    public void Names_and_attributes_are_as_OpenTelemetry_wants_them() => Assert.All(Instruments.All, m =>
    {
        Assert.Matches("^[a-z][a-z0-9_.]*$", m.Name);
        Assert.All(m.Attributes, a => Assert.Matches("^[a-z][a-z0-9_.]*$", a));
        Assert.DoesNotMatch("_(count|sum|bucket)(_total)?$", m.PrometheusName);
        Assert.False(m.Meaning.EndsWith('.') || m.Meaning.Contains('|', StringComparison.Ordinal), m.Meaning);
    });

    [Fact]
    public void What_is_said_of_the_process_is_what_NET_measures()
    {
        List<string> known = [];
        using var listener = new MeterListener { InstrumentPublished = (i, _) => known.Add($"{i.Meter.Name} {i.Name} {i.Unit}") };
        listener.Start();

        Assert.All(InstrumentsOfPlatform.All.Where(m => m.Name.StartsWith("dotnet.", StringComparison.Ordinal)), m => Assert.Contains($"{InstrumentsOfPlatform.RuntimeMeter} {m.Name} {m.Unit}", known));
    }
}
