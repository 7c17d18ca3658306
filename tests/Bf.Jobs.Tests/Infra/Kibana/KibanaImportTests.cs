using System.Text.Json.Nodes;
using Bf.Jobs.Config;
using Bf.Jobs.Infra.Kibana;
using Bf.Jobs.Tests.Infra.Health;

namespace Bf.Jobs.Tests.Infra.Kibana;

/// <summary>The import, against a server that answers as Kibana does.</summary>
public sealed class KibanaImportTests : IDisposable
{
    private readonly FakeKibana _server = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Everything_is_taken_and_again_to_the_same_effect()
    {
        var taken = Import();
        Assert.Equal(("8.19.16", _server.Address.ToString().TrimEnd('/')), (taken.Version, taken.Place));
        Assert.Equal([("index-pattern", 6), ("search", 4), ("visualization", 10), ("dashboard", 1)], taken.Objects);
        Assert.EndsWith("/app/dashboards#/view/bf-breadth-and-thrust", taken.Dashboard.ToString(), StringComparison.Ordinal);
        var saved = _server.Saved.Count;
        Assert.Equal(taken.Objects.Sum(o => o.Count), saved);

        Import();
        Assert.Equal((saved, 2), (_server.Saved.Count, _server.Imports));
    }

    [Fact]
    public void A_space_of_its_own_is_imported_into_and_one_that_is_not_there_is_named()
    {
        Assert.Contains("/s/trading/app/dashboards", Import("trading").Dashboard.ToString(), StringComparison.Ordinal);
        Assert.All(_server.Saved.Keys, k => Assert.Equal("trading", k.Space));
        Assert.Contains("has no space 'other'", Fails("other"), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_one_object_is_refused_none_is_taken_and_each_reason_is_said()
    {
        _server.Errors[("dashboard", "bf-breadth-and-thrust")] = new() { ["type"] = "conflict" };
        _server.Errors[("visualization", "bf-score")] = new() { ["type"] = "unsupported_type" };
        _server.Errors[("visualization", "bf-runs")] = new() { ["type"] = "unknown", ["message"] = "it broke", ["statusCode"] = 422 };
        _server.Errors[("search", "bf-search-thrusts")] = new() { ["type"] = "missing_references", ["references"] = new JsonArray(new JsonObject { ["type"] = "index-pattern", ["id"] = "bf-thrusts" }) };
        _server.Errors[("index-pattern", "bf-runs")] = new() { ["type"] = "ambiguous_conflict" };

        var message = Fails();

        Assert.Empty(_server.Saved);
        Assert.Contains("took nothing", message, StringComparison.Ordinal);
        Assert.Contains("\n  dashboard bf-breadth-and-thrust: an object of this identity belongs to another space", message, StringComparison.Ordinal);
        Assert.Contains("\n  visualization bf-score: this Kibana does not know such an object", message, StringComparison.Ordinal);
        Assert.Contains("\n  visualization bf-runs: it broke (422)", message, StringComparison.Ordinal);
        Assert.Contains("\n  search bf-search-thrusts: speaks of index-pattern bf-thrusts, which is not there", message, StringComparison.Ordinal);
        Assert.Contains("\n  index-pattern bf-runs: several objects there may be meant", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_success_that_leaves_an_object_out_is_none()
    {
        _server.Forgotten.Add("bf-mcclellan");
        Assert.Contains("not taken: visualization bf-mcclellan", Fails(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "refuses the import: so the server says")]
    [InlineData(403, "does not let this login save objects")]
    [InlineData(413, "raise savedObjects.maxImportPayloadBytes")]
    [InlineData(302, "is no Kibana")]
    public void What_is_refused_says_what_to_do(int status, string message)
    {
        _server.Status = status;
        Assert.Contains(message, Fails(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public void A_server_that_can_not_just_now_is_down(int status)
    {
        _server.Status = status;
        Assert.Contains($"can't import just now ({status}: so the server says)", Assert.Throws<ServiceDownException>(() => Import()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_login_is_Elasticsearch_s_and_never_repeated()
    {
        _server.Authorization = "ApiKey s3cret";
        Assert.Equal("8.19.16", Import(null, ("ELASTICSEARCH_API_KEY", "s3cret")).Version);
        var message = Fails(null, ("ELASTICSEARCH_API_KEY", "0ther"));
        Assert.Contains("wants another login: see ELASTICSEARCH_API_KEY", message, StringComparison.Ordinal);
        Assert.DoesNotContain("0ther", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_starts_is_waited_for()
    {
        _server.Levels.Enqueue("503");
        _server.Levels.Enqueue("critical");
        var said = new List<string>();
        KibanaImport.Run(_server.Address, Settings(), null, TimeSpan.FromMinutes(1), new LeapingClock(), said.Add, default);
        Assert.Equal(2, said.Count);
        Assert.EndsWith("it says that it is critical", said[1], StringComparison.Ordinal);
        Assert.Equal(1, _server.Imports);
    }

    [Fact]
    public void One_that_is_not_there_or_stays_unready_is_down()
    {
        var message = Assert.Throws<ServiceDownException>(() => KibanaImport.Run(new("http://127.0.0.1:1/"), Settings(), null, TimeSpan.FromSeconds(3), new LeapingClock(), _ => { }, default)).Message;
        Assert.StartsWith("Kibana at http://127.0.0.1:1 is not ready (Connection refused)", message, StringComparison.Ordinal);
        Assert.Contains("set KIBANA_HOST", message, StringComparison.Ordinal);

        foreach (var _ in Enumerable.Range(0, 9))
        {
            _server.Levels.Enqueue("unavailable");
        }

        Assert.Contains("it says that it is unavailable", Assert.Throws<ServiceDownException>(() => KibanaImport.Run(_server.Address, Settings(), null, TimeSpan.FromSeconds(3), new LeapingClock(), _ => { }, default)).Message, StringComparison.Ordinal);
        Assert.Equal(0, _server.Imports);
    }

    [Theory]
    [InlineData(null, "http://localhost:5601/")]
    [InlineData("kibana", "http://kibana:5601/")]
    [InlineData("https://k.example.org", "https://k.example.org/")]
    [InlineData("http://gate:8080/kibana/", "http://gate:8080/kibana/")]
    public void Its_address_is_read_with_what_stands_before_its_pages(string? given, string address) =>
        Assert.Equal(address, KibanaPlace.Of(given is null ? Settings() : Settings(("KIBANA_HOST", given))).ToString());

    [Theory]
    [InlineData("http://me:s3cret@host:5601", "ELASTICSEARCH_USERNAME")]
    [InlineData("ftp://host", "is no address")]
    public void What_is_no_address_is_told_without_its_secret(string given, string message)
    {
        var error = Assert.Throws<JobException>(() => KibanaPlace.Of(Settings(("KIBANA_HOST", given)))).Message;
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"status\":405,\"error\":\"no handler\"}")]
    [InlineData("{\"status\":{\"overall\":{\"level\":3}}}")]
    [InlineData("<html>login</html>")]
    [InlineData("{\"status\":{\"overall\":{\"level\":\"avail")]
    public void What_answers_in_another_shape_is_no_Kibana(string answer)
    {
        using var server = new FakePages();
        server["*"] = (200, answer);

        Assert.Contains("is no Kibana", Assert.Throws<JobException>(() => ImportInto(server)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[3]", "is no Kibana")]
    [InlineData("{\"success\":\"yes\"}", "took nothing")]
    [InlineData("{\"success\":false,\"errors\":[3,{\"error\":\"x\"}]}", "took nothing")]
    [InlineData("{\"success\":true,\"successCount\":\"q\",\"successResults\":[1]}", "not taken: ")]
    public void An_answer_to_an_import_in_another_shape_is_no_success(string answer, string message)
    {
        using var server = new FakePages();
        server["/api/status"] = (200, "{\"status\":{\"overall\":{\"level\":\"available\"}},\"version\":\"8\"}");
        server["*"] = (200, answer);

        Assert.Contains(message, Assert.Throws<JobException>(() => ImportInto(server)).Message, StringComparison.Ordinal);
    }

    private KibanaImported Import(string? space = null, params (string Name, string Value)[] settings) =>
        KibanaImport.Run(_server.Address, Settings(settings), space, TimeSpan.FromSeconds(10), TimeProvider.System, _ => { }, default);

    private void ImportInto(FakePages server) => KibanaImport.Run(new($"http://127.0.0.1:{server.Port}/"), Settings(), null, TimeSpan.Zero, TimeProvider.System, _ => { }, default);

    private string Fails(string? space = null, params (string Name, string Value)[] settings) => Assert.Throws<JobException>(() => Import(space, settings)).Message;

    private Settings Settings(params (string Name, string Value)[] values) =>
        new(new Dictionary<string, string>(), name => Array.Find(values, v => v.Name == name).Value, _folder.Path);

    /// <summary>A clock whose waits are over at once, and have taken their time; limits of answers never come.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            // a wait is of a second at most, a limit of several
            if (dueTime > TimeSpan.FromSeconds(1) || dueTime < TimeSpan.Zero)
            {
                return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            Interlocked.Add(ref _ticks, dueTime.Ticks);
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
