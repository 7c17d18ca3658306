namespace Bf.Jobs.Tests.Infra.Observe;

public sealed class PromQlTests
{
    [Theory]
    [InlineData("sum by (a, b) (rate(m_total{c=\"x_y\", d=~\"$v\"}[$__rate_interval]))", "m_total", "a b c d")]
    [InlineData("bf:x:sum / ignoring (o) sum without (p) (n offset 15m) > bool 5e9", "bf:x:sum n", "o p")]
    [InlineData("last_over_time(m[1h]) unless m or on (k) vector(time()) % 86400", "m", "k")]
    [InlineData("label_values({__name__=~\"a|b\"}, topic)", "a b", "topic")]
    [InlineData("max_over_time((month() == 1 and day_of_week() > 0)[7d:1d])", "", "")]
    [InlineData("topk by (l) (3, m{q=\"}\"})", "m", "l q")]
    public void Its_names_are_found(string query, string metrics, string labels)
    {
        var names = PromQl.Of(query);
        Assert.Equal(metrics, string.Join(' ', names.Metrics));
        Assert.Equal(labels, string.Join(' ', names.Labels));
    }

    [Theory]
    [InlineData("bf_service_up{service=\"kafka\"}", "label service")]
    [InlineData("rate(bf_stream_bars[1m])", "bf_stream_bars")]
    [InlineData("bf:never:made", "bf:never:made")]
    public void What_nobody_gives_out_is_unknown(string query, string name) => Assert.Equal([name], KnownNames.Unknown(query));
}
