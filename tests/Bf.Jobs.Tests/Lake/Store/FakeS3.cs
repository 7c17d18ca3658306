using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Bf.Jobs.Lake.Store.S3;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Bf.Jobs.Tests.Lake.Store;

/// <summary>A small object store on this machine that speaks S3 as far as a lake needs it, and can be made to fail as stores do.</summary>
internal sealed class FakeS3 : IDisposable
{
    private static readonly XNamespace Xml = "http://s3.amazonaws.com/doc/2006-03-01/";
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Func<Task>, Task>> _faults = new();

    public FakeS3()
    {
        _app = LocalServer.Start(Answer);
        Url = _app.Urls.First();
    }

    public string Url { get; }

    /// <summary>Whether it knows <c>If-None-Match: *</c>.</summary>
    public bool IsConditional { get; set; } = true;

    /// <summary>Whether it breaks every connection.</summary>
    public bool IsGone { get; set; }

    /// <summary>How the name of the object ends whose next PUTs fail; any request when null.</summary>
    public string? Only { get; set; }

    /// <summary>Buckets and keys, as <c>bucket/key</c>; a bucket is a key with nothing after the slash.</summary>
    public ConcurrentDictionary<string, (byte[] Content, Dictionary<string, string> Tags, DateTimeOffset Modified)> Objects { get; } = new();

    /// <summary>Method and target of each request, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public S3Settings Settings(string cache) => new(new Uri(Url), "key", "secret", "us-east-1", true, cache, 1 << 30) { PageSize = 2 };

    /// <summary>What happens to the next requests; the second argument answers as usual.</summary>
    public void Next(params Func<HttpContext, Func<Task>, Task>[] faults) => Array.ForEach(faults, _faults.Enqueue);

    /// <summary>Does what is asked, and breaks the connection before the answer.</summary>
    public static async Task LoseAnswer(HttpContext call, Func<Task> answer)
    {
        var body = call.Response.Body;
        call.Response.Body = Stream.Null;
        await answer();
        call.Response.Body = body;
        call.Abort();
    }

    /// <summary>Answers with an error.</summary>
    public static Func<HttpContext, Func<Task>, Task> Error(int status, string code) => (call, _) => Fail(call, status, code);

    /// <summary>Keeps silent until the caller goes away.</summary>
    public static async Task KeepSilent(HttpContext call, Func<Task> answer)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, call.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            call.Abort();
        }
    }

    public void Dispose() => _app.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task Answer(HttpContext call)
    {
        Requests.Enqueue($"{call.Request.Method} {call.Request.Path}{call.Request.QueryString}");
        if (IsGone)
        {
            call.Abort();
            return;
        }

        await ((Only is null || call.Request.Path.Value!.EndsWith(Only, StringComparison.Ordinal) && call.Request.Method == "PUT") && _faults.TryDequeue(out var fault) ? fault(call, () => Usual(call)) : Usual(call));
    }

    private async Task Usual(HttpContext call)
    {
        var path = call.Request.Path.Value!.TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var (bucket, key) = slash < 0 ? (path, "") : (path[..slash], path[(slash + 1)..]);
        if (key.Length == 0 && call.Request.Method == "PUT")
        {
            Objects[bucket + "/"] = ([], [], DateTimeOffset.UtcNow);
        }
        else if (!Objects.ContainsKey(bucket + "/"))
        {
            await Fail(call, 404, "NoSuchBucket");
        }
        else if (key.Length == 0)
        {
            await (call.Request.Query.ContainsKey("uploads") ? Write(call, new XElement(Xml + "ListMultipartUploadsResult", new XElement(Xml + "IsTruncated", "false"))) : List(call, bucket));
        }
        else
        {
            await Object(call, $"{bucket}/{key}");
        }
    }

    private async Task Object(HttpContext call, string key)
    {
        switch (call.Request.Method)
        {
            case "PUT":
                var tags = call.Request.Headers.Where(h => h.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase)).ToDictionary(h => h.Key, h => h.Value.ToString());
                var content = await Body(call);
                var source = call.Request.Headers["x-amz-copy-source"].ToString().TrimStart('/');
                var stored = (source.Length > 0 ? Objects[Uri.UnescapeDataString(source)].Content : content, tags, DateTimeOffset.UtcNow);
                if (call.Request.Headers.IfNoneMatch == "*" && IsConditional)
                {
                    if (!Objects.TryAdd(key, stored))
                    {
                        await Fail(call, 412, "PreconditionFailed");
                        return;
                    }
                }
                else
                {
                    Objects[key] = stored;
                }

                call.Response.Headers.ETag = ETag(stored.Item1);
                if (source.Length > 0)
                {
                    await Write(call, new XElement(Xml + "CopyObjectResult", new XElement(Xml + "ETag", ETag(stored.Item1))));
                }

                break;
            case "DELETE":
                Objects.TryRemove(key, out _);
                call.Response.StatusCode = 204;
                break;
            default:
                if (!Objects.TryGetValue(key, out var found))
                {
                    await Fail(call, 404, "NoSuchKey");
                    return;
                }

                call.Response.Headers.ETag = ETag(found.Content);
                call.Response.Headers.LastModified = found.Modified.ToString("R", CultureInfo.InvariantCulture);
                call.Response.ContentLength = found.Content.Length;
                foreach (var (name, value) in found.Tags)
                {
                    call.Response.Headers[name] = value;
                }

                if (call.Request.Method == "GET")
                {
                    await call.Response.Body.WriteAsync(found.Content);
                }

                break;
        }
    }

    private Task List(HttpContext call, string bucket)
    {
        var query = call.Request.Query;
        var prefix = query["prefix"].ToString();
        var after = query["continuation-token"].ToString();
        var size = int.TryParse(query["max-keys"], CultureInfo.InvariantCulture, out var most) ? most : 1000;
        var entries = Objects.Keys.Where(k => k.StartsWith($"{bucket}/{prefix}", StringComparison.Ordinal) && k.Length > bucket.Length + 1).Select(k => k[(bucket.Length + 1)..])
            .Select(k => k.IndexOf('/', prefix.Length) is >= 0 and var end ? k[..(end + 1)] : k).Distinct().Where(k => string.CompareOrdinal(k, after) > 0).Order(StringComparer.Ordinal).ToList();
        var page = entries.Take(size).ToList();
        return Write(call, new XElement(Xml + "ListBucketResult",
            new XElement(Xml + "IsTruncated", entries.Count > page.Count ? "true" : "false"),
            entries.Count > page.Count ? new XElement(Xml + "NextContinuationToken", page[^1]) : null,
            page.Select(k => k.EndsWith('/')
                ? new XElement(Xml + "CommonPrefixes", new XElement(Xml + "Prefix", k))
                : new XElement(Xml + "Contents", new XElement(Xml + "Key", k), new XElement(Xml + "ETag", ETag(Objects[$"{bucket}/{k}"].Content)), new XElement(Xml + "Size", Objects[$"{bucket}/{k}"].Content.Length),
                    new XElement(Xml + "LastModified", Objects[$"{bucket}/{k}"].Modified.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))))));
    }

    private static async Task Fail(HttpContext call, int status, string code)
    {
        call.Response.StatusCode = status;
        if (call.Request.Method != "HEAD")
        {
            await Write(call, new XElement("Error", new XElement("Code", code), new XElement("Message", code)));
        }
    }

    private static async Task Write(HttpContext call, XElement xml)
    {
        call.Response.ContentType = "application/xml";
        await call.Response.WriteAsync(xml.ToString());
    }

    private static string ETag(byte[] content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}-1\""; // in the form of an upload in parts: no MD5

    /// <summary>The request's content: a signed one comes in chunks, each with its length before it.</summary>
    private static async Task<byte[]> Body(HttpContext call)
    {
        using var all = new MemoryStream();
        await call.Request.Body.CopyToAsync(all);
        if (!call.Request.Headers["x-amz-content-sha256"].ToString().StartsWith("STREAMING", StringComparison.Ordinal))
        {
            return all.ToArray();
        }

        using var content = new MemoryStream();
        var bytes = all.ToArray();
        for (var at = 0; at < bytes.Length;)
        {
            var line = bytes.AsSpan(at).IndexOf("\r\n"u8);
            var length = int.Parse(Encoding.ASCII.GetString(bytes, at, line).Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0)
            {
                break;
            }

            content.Write(bytes, at + line + 2, length);
            at += line + 2 + length + 2;
        }

        return content.ToArray();
    }
}
