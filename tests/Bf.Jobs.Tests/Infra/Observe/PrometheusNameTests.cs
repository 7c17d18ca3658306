using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Tests.Infra.Observe;

/// <summary>A metric has one name, whether Prometheus asks for it or it is pushed and Prometheus' receiver names it.</summary>
public sealed class PrometheusNameTests
{
    [Fact]
    public void What_is_scraped_has_the_name_of_what_is_pushed() =>
        Assert.All(KnownNames.OfBf, m => Assert.Equal(Pushed(m.Name, m.Unit, m.Kind), m.PrometheusName));

    /// <summary>The rules of Prometheus' OTLP receiver (UnderscoreEscapingWithSuffixes): a unit or <c>total</c> is moved behind or added, not said twice.</summary>
    private static string Pushed(string name, string unit, MetricKind kind)
    {
        var words = name.Split(['.', '_'], StringSplitOptions.RemoveEmptyEntries).ToList();
        var suffix = unit switch { "s" => "seconds", "By" => "bytes", "" or ['{', ..] => "", _ => throw new InvalidOperationException($"{name}: say here what {unit} becomes") };
        if (suffix.Length > 0 && !words.Contains(suffix))
        {
            words.Add(suffix);
        }

        if (kind == MetricKind.Counter)
        {
            words.RemoveAll(w => w == "total");
            words.Add("total");
        }

        return string.Join('_', words);
    }
}
