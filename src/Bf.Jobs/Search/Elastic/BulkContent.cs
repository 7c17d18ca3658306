using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Bf.Jobs.Search.Documents;

namespace Bf.Jobs.Search.Elastic;

/// <summary>The body of a bulk request: for each document a line that says what to do, and the document. It is written straight into the connection.</summary>
internal sealed class BulkContent : HttpContent
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private readonly IReadOnlyList<SearchDocument> _documents;
    private readonly byte[][] _actions;
    private readonly bool _gzip;

    public BulkContent(IReadOnlyList<SearchDocument> documents, bool gzip)
    {
        (_documents, _gzip) = (documents, gzip);
        _actions = [.. documents.Select(Action)];
        Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        if (gzip)
        {
            Headers.ContentEncoding.Add("gzip");
        }
    }

    /// <summary>About how many bytes a document takes in a request.</summary>
    public static int SizeOf(SearchDocument document) => 60 + document.Index.Length + document.Id.Length + (document.Json?.Length ?? 0);

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (!_gzip)
        {
            Write(stream);
            return;
        }

        using var packed = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        Write(packed);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        SerializeToStream(stream, context, default);
        return Task.CompletedTask;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        for (var i = 0; i < _actions.Length; i++)
        {
            length += _actions[i].Length + (_documents[i].Json is { } json ? json.Length + 1 : 0);
        }

        return !_gzip;
    }

    private void Write(Stream stream)
    {
        for (var i = 0; i < _actions.Length; i++)
        {
            stream.Write(_actions[i]);
            if (_documents[i].Json is { } json)
            {
                stream.Write(json);
                stream.Write(NewLine);
            }
        }
    }

    private static byte[] Action(SearchDocument document) =>
        Encoding.UTF8.GetBytes($"{{\"{(document.Json is null ? "delete" : "index")}\":{{\"_index\":\"{document.Index}\",\"_id\":\"{JsonEncodedText.Encode(document.Id)}\"}}}}\n");
}
