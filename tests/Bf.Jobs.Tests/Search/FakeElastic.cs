using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Bf.Jobs.Search.Elastic;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bf.Jobs.Tests.Search;

/// <summary>A server on this machine that takes bulk requests, and fails as it is told.</summary>
internal sealed class FakeElastic : IDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _underWay = new();

    /// <param name="certificate">The server's certificate; null: it speaks cleartext.</param>
    public FakeElastic(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseShutdownTimeout(TimeSpan.Zero).UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l =>
        {
            if (certificate is not null)
            {
                l.UseHttps(certificate);
            }
        }));
        _app = builder.Build();
        _app.Run(Answer);
        _app.StartAsync().GetAwaiter().GetResult();
        Address = new(_app.Urls.First());
    }

    public Uri Address { get; }

    public ElasticSettings Settings => new() { Hosts = [Address] };

    /// <summary>What becomes of the next requests, one after the other: a status, or -1 for a connection that is cut within the answer; after them all are taken.</summary>
    public ConcurrentQueue<int> Wholes { get; } = new();

    /// <summary>What becomes of documents, by id: the next status of each.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<(int Status, string Type)>> Items { get; } = new();

    /// <summary>The largest body that is taken.</summary>
    public long Largest { get; set; } = long.MaxValue;

    /// <summary>A text that makes a whole request unreadable.</summary>
    public string? Unreadable { get; set; }

    /// <summary>Answers wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>The documents, by index and id.</summary>
    public ConcurrentDictionary<string, string> Documents { get; } = new();

    /// <summary>The ids of each request, in order.</summary>
    public ConcurrentQueue<string[]> Requests { get; } = new();

    /// <summary>Headers of the last request.</summary>
    public IHeaderDictionary Headers { get; private set; } = new HeaderDictionary();

    /// <summary>Whether two requests with one document were ever under way at once.</summary>
    public bool Crossed { get; private set; }

    public void Dispose() => _app.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task Answer(HttpContext call)
    {
        Headers = new HeaderDictionary(call.Request.Headers.ToDictionary()); // the server uses its own again
        var body = await Read(call.Request);
        var lines = body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        List<(string Key, string? Json)> documents = [];
        for (var i = 0; i < lines.Length; i++)
        {
            var (how, what) = JsonNode.Parse(lines[i])!.AsObject().First();
            documents.Add(($"{what!["_index"]}/{what["_id"]}", how == "index" ? lines[++i] : null));
        }

        Requests.Enqueue([.. documents.Select(d => d.Key.Split('/')[1])]);
        foreach (var (key, _) in documents)
        {
            Crossed |= _underWay.AddOrUpdate(key, 1, (_, n) => n + 1) > 1;
        }

        await Gate;
        var status = Wholes.TryDequeue(out var told) ? told : body.Length > Largest ? 413 : Unreadable is { } text && body.Contains(text, StringComparison.Ordinal) ? 400 : 200;
        foreach (var (key, _) in documents)
        {
            _underWay.AddOrUpdate(key, 0, (_, n) => n - 1);
        }

        if (status == 200)
        {
            await Say(call, $$"""{"items":[{{string.Join(',', documents.Select(d => Take(d.Key, d.Json)))}}]}""");
        }
        else if (status < 0)
        {
            documents.ForEach(d => Take(d.Key, d.Json)); // done, though nobody hears of it
            call.Response.ContentLength = 1000;
            await call.Response.WriteAsync("{\"items\":[");
            await call.Response.Body.FlushAsync();
            call.Abort();
        }
        else
        {
            call.Response.StatusCode = status;
            await Say(call, $$"""{"error":{"type":"told","reason":"so the server says"},"status":{{status}}}""");
        }
    }

    private string Take(string key, string? json)
    {
        if (Items.TryGetValue(key.Split('/')[1], out var told) && told.TryDequeue(out var answer))
        {
            var error = new JsonObject { ["type"] = answer.Type, ["reason"] = "so the server says" };
            return new JsonObject { ["index"] = new JsonObject { ["status"] = answer.Status, ["error"] = error } }.ToJsonString();
        }

        if (json is null)
        {
            return Documents.TryRemove(key, out _) ? """{"delete":{"status":200}}""" : """{"delete":{"status":404}}""";
        }

        Documents[key] = json;
        return """{"index":{"status":201}}""";
    }

    private static async Task<string> Read(HttpRequest request)
    {
        await using var stream = request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private static async Task Say(HttpContext call, string text)
    {
        call.Response.ContentType = "application/json";
        if (!call.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            await call.Response.WriteAsync(text);
            return;
        }

        call.Response.Headers.ContentEncoding = "gzip";
        await using var packed = new GZipStream(call.Response.Body, CompressionLevel.Fastest);
        await packed.WriteAsync(Encoding.UTF8.GetBytes(text));
    }
}
