using System.Net;
using Bf.Sources.Fetch;
using Bf.Sources.Http;

namespace Bf.Sources.Csv;

/// <summary>One CSV file a symbol, from a folder or a web server.</summary>
internal sealed class CsvSource(string template, HttpGet http, TimeProvider clock) : IBarSource
{
    private const string Symbol = "{symbol}";

    public static SourceInfo Info { get; } = new(
        "csv",
        "one CSV file a symbol, from a folder or a web server: --from 'dir/{symbol}.csv', --from 'https://host/{symbol}.csv'",
        "the files",
        context => new CsvSource(Template(context), context.Http, context.Clock))
    {
        Options = [new("--from", "PLACE", "where the files lie, with {symbol} for the symbol")],
    };

    public string? OnlyHere => IsWeb(template) ? null : "its files lie in a folder of this machine";

    public async Task<SourceAnswer> Fetch(SourceRequest request, CancellationToken cancel)
    {
        var (place, text) = IsWeb(template) ? await Load(request, cancel).ConfigureAwait(false) : await Open(request, cancel).ConfigureAwait(false);
        return SourceAnswer.OfWholeDays(request, SymbolCsv.Read(place, text, request), clock.GetUtcNow());
    }

    private async Task<(string, byte[])> Load(SourceRequest request, CancellationToken cancel)
    {
        var place = template.Replace(Symbol, Uri.EscapeDataString(request.Symbol), StringComparison.Ordinal);
        var answer = await http.Get(new Uri(place), cancel).ConfigureAwait(false);
        return answer switch
        {
            { Status: HttpStatusCode.NotFound } => throw new SourceException(SourceFailure.NotFound, $"{place}: there is no such file (HTTP 404)"),
            { Ok: false } => throw new SourceException(SourceFailure.Refused, $"{place}: HTTP {(int)answer.Status}: {answer.Beginning}"),
            { IsWebPage: true } => throw new SourceException(SourceFailure.Malformed, $"{place}: a web page instead of CSV"),
            _ => (place, answer.Body),
        };
    }

    private async Task<(string, byte[])> Open(SourceRequest request, CancellationToken cancel)
    {
        if (request.Symbol.AsSpan().ContainsAny('/', '\\'))
        {
            throw new SourceException(SourceFailure.NotFound, $"{request.Symbol}: no file is named so");
        }

        var path = new[] { request.Symbol, request.Symbol.ToLowerInvariant() }.Select(s => template.Replace(Symbol, s, StringComparison.Ordinal)).FirstOrDefault(File.Exists)
            ?? throw new SourceException(SourceFailure.NotFound, $"{template.Replace(Symbol, request.Symbol, StringComparison.Ordinal)}: there is no such file");
        try
        {
            return (path, await File.ReadAllBytesAsync(path, cancel).ConfigureAwait(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceException(SourceFailure.Refused, $"{path}: {e.Message}");
        }
    }

    private static string Template(SourceContext context) =>
        context.Option("--from") is not { Length: > 0 } from ? throw new FormatException("the source csv needs --from PLACE, as in --from 'dir/{symbol}.csv'")
        : !from.Contains(Symbol, StringComparison.Ordinal) ? throw new FormatException($"--from {from}: it must say where the symbol stands, as in --from '{Path.Combine(IsWeb(from) ? "https://host" : from, "{symbol}.csv")}'")
        : IsWeb(from) && !Uri.IsWellFormedUriString(from.Replace(Symbol, "A", StringComparison.Ordinal), UriKind.Absolute) ? throw new FormatException($"--from {from}: that is no web address")
        : from;

    private static bool IsWeb(string place) => place.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || place.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
