using System.Net;
using System.Text.Json;
using Bf.Core.Market;
using Bf.Sources.Fetch;

namespace Bf.Sources.Example;

/// <summary>Daily bars as a list of objects: <c>[{"day": "2026-01-05", "o": 1, "h": 2, "l": 0.5, "c": 1.5, "v": 100}]</c>.</summary>
internal sealed class ExampleSource(SourceContext context) : IBarSource
{
    public static SourceInfo Info { get; } = new("example", "daily bars of example.com", "the network", context => new ExampleSource(context))
    {
        Intervals = ["1d"],
        UrlSetting = "BF_EXAMPLE_URL",
    };

    public async Task<SourceAnswer> Fetch(SourceRequest request, CancellationToken cancel)
    {
        var address = new Uri($"{context.Address("BF_EXAMPLE_URL")}/bars/{Uri.EscapeDataString(request.Symbol)}");
        var answer = await context.Http.Get(address, cancel).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            throw new SourceException(SourceFailure.NotFound, $"example.com does not know {request.Symbol}. It lists what it has at example.com/symbols");
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            var rows = document.RootElement.EnumerateArray().Select((row, i) => new BarReading(Bar(request.Symbol, row), i + 1, null, null)).ToList();
            return SourceAnswer.OfWholeDays(request, rows, context.Clock.GetUtcNow());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new SourceException(SourceFailure.Malformed, $"example.com's answer can't be read ({e.Message}): {answer.Beginning}");
        }
    }

    private static Bar Bar(string symbol, JsonElement row)
    {
        double Number(string name) => row.GetProperty(name).GetDouble();
        var day = DateOnly.ParseExact(row.GetProperty("day").GetString()!, "yyyy-MM-dd");
        return new(symbol, Timestamp.Of(day), Number("o"), Number("h"), Number("l"), Number("c"), Number("c"), row.GetProperty("v").GetInt64());
    }
}
