using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.EndToEnd.Vega;
using Bf.Jobs.Search.Documents;
using Bf.Jobs.Search.Elastic;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>A picture that was drawn, and what was seen in it.</summary>
/// <param name="Case">Of which data.</param>
/// <param name="Id">The visualisation.</param>
/// <param name="Svg">Its file.</param>
internal sealed record Picture(string Case, string Id, string Vega, string Theme, string? Svg, Dictionary<string, int> Marks, string[] Texts, string[] Problems)
{
    public override string ToString() => $"{Case} {Id} vega {Vega} {Theme}";
}

/// <summary>The dashboard's panels, drawn of what a real Elasticsearch answers to them: filled with the bundled sample, missing, and empty.</summary>
public sealed class KibanaPictures : IDisposable
{
    private static readonly string[] Aliases = ["breadth", "signals", "thrusts", "backtests", "runs", "pipeline"];

    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    private readonly Lazy<Picture[]> _all;

    public KibanaPictures() => _all = new(Draw);

    internal BfProgram Bf { get; } = new();

    /// <summary>All of them, drawn when first asked for; the test is skipped where there is no Elasticsearch, or no npm.</summary>
    internal IReadOnlyList<Picture> All => _all.Value;

    /// <summary>Where they stay to be looked at.</summary>
    internal static string Folder { get; } = Path.Combine(Repository.Root, "artifacts", "kibana");

    internal static string Ndjson { get; } = Path.Combine(Repository.Root, "infra", "kibana", "breadthflow.ndjson");

    internal IReadOnlyList<Picture> Of(string name) => [.. All.Where(p => p.Case == name)];

    public void Dispose() => Bf.Dispose();

    private Picture[] Draw()
    {
        var sets = VegaLibraries.Sets();
        var stack = Stack.Shared("elasticsearch");
        Bf.Run("data", "import", Repository.Sample).Done();
        Bf.Run("signals", "generate", "--universe", "all,dow30").Done();
        Bf.Run("backtest", "run", "--signal", "zbt_ema", "--save-results").Done();
        Bf.Run(["signals", "export", "--universe", "all,dow30"], null, stack.Environments).Done();
        var address = $"http://{stack.Settings["ELASTICSEARCH_HOST"]}";
        Complete(address);
        Directory.CreateDirectory(Folder);
        var drawn = VegaLibraries.Draw(new
        {
            ndjson = Ndjson, elasticsearch = address, sets, @out = Folder, from = "2016-12-31T00:00:00Z", to = "2026-12-31T00:00:00Z",
            cases = new object[]
            {
                new { name = "all", themes = (string[])["dark", "light"] },
                new { name = "dow30", filters = new object[] { new { term = new { universe = "dow30" } } }, themes = (string[])["dark"] },
                new { name = "missing", prefix = "missing-", themes = (string[])["dark"] },
                new { name = "empty", prefix = "empty-", themes = (string[])["light"] },
            },
        });
        return drawn.Deserialize<Picture[]>(Names)!;
    }

    /// <summary>Puts what streams would report, and indices with nothing in them.</summary>
    private void Complete(string address)
    {
        using var client = new HttpClient { BaseAddress = new($"{address}/") };
        foreach (var alias in Aliases)
        {
            Send(HttpMethod.Put, $"empty-{alias}", new());
        }

        using var index = new ElasticIndex(new() { Hosts = [client.BaseAddress] });
        index.Prepare(SearchTable.Pipeline);
        var now = TimeProvider.System.GetUtcNow();
        var place = SearchTable.IndexOf(SearchTable.Pipeline.Alias, Timestamp.Of(now));
        foreach (var (instance, late, lag, final) in (ReadOnlySpan<(string, int, int, bool)>)[("node1-4211", 12, 1200, false), ("node2-77", 0, 0, true)])
        {
            Send(HttpMethod.Post, $"{place}/_doc?refresh=true", new()
            {
                ["ts"] = now.ToString("O"), ["instance"] = instance, ["run"] = "r", ["topic"] = "bars", ["universes"] = "all", ["lag"] = lag, ["rate"] = 25311.4, ["late"] = late, ["bad"] = 0,
                ["corrections"] = 3, ["bars"] = 500_000, ["rows"] = 3000, ["duplicates"] = 0, ["watermark"] = "2024-12-31T00:00:00Z", ["final"] = final,
            });
        }

        void Send(HttpMethod method, string path, JsonObject body)
        {
            using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
            using var answer = client.Send(request);
            using var reader = new StreamReader(answer.Content.ReadAsStream());
            Assert.True(answer.IsSuccessStatusCode, reader.ReadToEnd());
        }
    }
}
