using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Tests.Spark.Connect;

public sealed class SparkAddressTests
{
    [Theory]
    [InlineData("sc://localhost:15002", "http://localhost:15002/")]
    [InlineData("localhost", "http://localhost:15002/")]
    [InlineData(" 10.0.0.7:7 ", "http://10.0.0.7:7/")]
    [InlineData("sc://spark.example.com:443/;use_ssl=true", "https://spark.example.com/")]
    [InlineData("sc://spark.example.com:443/;token=abc", "https://spark.example.com/")]
    [InlineData("sc://[::1]:15002/", "http://[::1]:15002/")]
    [InlineData("SC://h/;use_ssl=false;user_id=ann;user_agent=other", "http://h:15002/")]
    public void An_address_says_where_requests_go(string text, string root) => Assert.Equal(root, SparkAddress.Parse(text).Root.AbsoluteUri);

    [Fact]
    public void Its_settings_are_read_and_other_names_become_headers()
    {
        var address = SparkAddress.Parse("sc://h:1/;user_id=ann%20b;token=a%3Db;x-cluster-id=17");

        Assert.Equal(("ann b", "a=b", true), (address.UserId, address.Token, address.Tls));
        Assert.Equal([KeyValuePair.Create("x-cluster-id", "17")], address.Headers);
    }

    [Theory]
    [InlineData("spark://localhost:7077", "names the master")]
    [InlineData("http://localhost:15002/;token=SECRET", "no Spark Connect address")]
    [InlineData("", "no host and port")]
    [InlineData("sc://:15002", "no host and port")]
    [InlineData("sc://a b:15002", "no host and port")]
    [InlineData("sc://::1:15002", "no host and port")]
    [InlineData("sc://h:0", "no port")]
    [InlineData("sc://h:70000", "no port")]
    [InlineData("sc://h:15002/path", "has a path")]
    [InlineData("sc://h;token=SECRET", "no host and port")]
    [InlineData("sc://h/;token", "NAME=VALUE")]
    [InlineData("sc://h/;token=SECRET;use_ssl=false", "over TLS only")]
    [InlineData("sc://h/;token=SEC%0ARET", "can't be sent in a header")]
    [InlineData("sc://h/;use_ssl=1", "true or false")]
    [InlineData("sc://h/;session_id=00000000-0000-0000-0000-000000000000", "leave it out")]
    public void What_is_no_address_is_refused_with_the_rule_and_without_the_token(string text, string rule)
    {
        var message = Assert.Throws<JobException>(() => SparkAddress.Parse(text)).Message;

        Assert.Contains(rule, message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_shown_without_its_secrets() =>
        Assert.Equal("sc://h:1/;use_ssl=true", SparkAddress.Parse("sc://h:1/;token=SECRET;x-key=SECRET").ToString());
}
