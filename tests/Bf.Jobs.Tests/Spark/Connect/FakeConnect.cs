using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Bf.Jobs.Spark.Connect;
using Bf.Jobs.Spark.Connect.Grpc;
using Bf.Jobs.Spark.Connect.Protocol;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Bf.Jobs.Tests.Spark.Connect;

/// <summary>A server on this machine that keeps the protocol of Spark Connect for one operation, and ends streams as it is told.</summary>
internal sealed class FakeConnect : IDisposable
{
    private readonly WebApplication _app;
    private readonly List<ExecutePlanResponse> _responses = [];
    private readonly ConcurrentQueue<End> _ends;

    /// <param name="batches">How many batches of three rows the operation has.</param>
    /// <param name="ends">How the first streams end; after them each runs to its end.</param>
    public FakeConnect(int batches, params End[] ends)
        : this(batches, null, ends)
    {
    }

    /// <param name="batches">How many batches of three rows the operation has.</param>
    /// <param name="certificate">The server's certificate; null: it speaks cleartext.</param>
    /// <param name="ends">How the first streams end; after them each runs to its end.</param>
    public FakeConnect(int batches, X509Certificate2? certificate, params End[] ends)
    {
        _ends = new(ends);
        for (var i = 0; i < batches; i++)
        {
            _responses.Add(new() { ResponseId = $"r{i}", ArrowBatch = new() { RowCount = 3, StartOffset = 3 * i, Data = ByteString.CopyFrom(Captured.ThreeLongs) } });
        }

        _responses.Add(new() { ResponseId = "done", ResultComplete = new() });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseShutdownTimeout(TimeSpan.Zero).UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l =>
        {
            l.Protocols = HttpProtocols.Http2;
            if (certificate is not null)
            {
                l.UseHttps(certificate);
            }
        }));
        _app = builder.Build();
        _app.Run(Answer);
        _app.StartAsync().GetAwaiter().GetResult();
        Address = SparkAddress.Parse(new Uri(_app.Urls.First()).Authority) with { Tls = certificate is not null };
    }

    public SparkAddress Address { get; }

    /// <summary>What was called, in order: the method, and what of the request matters.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Headers of the last call.</summary>
    public IHeaderDictionary Headers { get; private set; } = new HeaderDictionary();

    /// <summary>What is said of an artifact's checksums.</summary>
    public bool IsCrcSuccessful { get; set; } = true;

    /// <summary>Whether the server knows the session.</summary>
    public bool KnowsSession { get; set; } = true;

    /// <summary>Whether it answers to anything at all.</summary>
    public bool IsSilent { get; set; }

    public void Dispose() => _app.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task Answer(HttpContext call)
    {
        Headers = call.Request.Headers;
        if (IsSilent)
        {
            await Task.Delay(Timeout.Infinite, call.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        var method = call.Request.Path.Value!.Split('/')[^1];
        call.Response.ContentType = "application/grpc";
        switch (method)
        {
            case "AnalyzePlan":
                await One(call, new AnalyzePlanResponse { ServerSideSessionId = "server-side", SparkVersion = new() { Version = "4.0.1" } });
                break;
            case "Config" when !KnowsSession:
                Fail(call, 13, "INVALID_HANDLE.SESSION_CHANGED");
                break;
            case "Config":
                await One(call, new ConfigResponse());
                break;
            case "ExecutePlan":
                Calls.Enqueue(method);
                await Stream(call, 0);
                break;
            case "ReattachExecute":
                var again = await Read(call, ReattachExecuteRequest.Parser);
                Calls.Enqueue($"{method} {again!.LastResponseId}");
                await Stream(call, again.HasLastResponseId ? _responses.FindIndex(r => r.ResponseId == again.LastResponseId) + 1 : 0);
                break;
            case "ReleaseExecute":
                var release = await Read(call, ReleaseExecuteRequest.Parser);
                Calls.Enqueue(release!.ReleaseAll is null ? $"{method} {release.ReleaseUntil.ResponseId}" : method);
                await One(call, new ReleaseExecuteResponse());
                break;
            case "AddArtifacts":
                await Artifacts(call);
                break;
            default:
                Calls.Enqueue(method);
                Fail(call, 2, null);
                break;
        }
    }

    private async Task Stream(HttpContext call, int from)
    {
        var end = _ends.TryDequeue(out var told) ? told : new End(int.MaxValue, Ending.Whole);
        if (end.How == Ending.Error)
        {
            Fail(call, end.Code, end.ErrorClass);
            return;
        }

        for (var i = from; i < _responses.Count && i - from < end.After; i++)
        {
            await call.Response.Body.WriteAsync(GrpcFrame.Write(_responses[i]));
            await call.Response.Body.FlushAsync();
        }

        switch (end.How)
        {
            case Ending.Lost:
                await Task.Delay(50); // a reset overtakes what the client has not read
                call.Abort();
                break;
            case Ending.LostInMessage:
                await call.Response.Body.WriteAsync(GrpcFrame.Write(_responses[from + end.After]).AsMemory(0, 40));
                await call.Response.Body.FlushAsync();
                await Task.Delay(50);
                call.Abort();
                break;
            case Ending.Silence:
                await call.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, call.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            default:
                call.Response.AppendTrailer("grpc-status", "0");
                break;
        }
    }

    private async Task Artifacts(HttpContext call)
    {
        var (name, bytes) = ("", 0L);
        while (await Read(call, AddArtifactsRequest.Parser) is { } request)
        {
            name = request.Batch?.Artifacts[0].Name ?? request.BeginChunk?.Name ?? name;
            bytes += (request.Batch?.Artifacts[0].Data ?? request.BeginChunk?.InitialChunk ?? request.Chunk).Data.Length;
        }

        Calls.Enqueue($"AddArtifacts {name} {bytes}");
        await One(call, new AddArtifactsResponse { Artifacts = { new AddArtifactsResponse.Types.ArtifactSummary { Name = name, IsCrcSuccessful = IsCrcSuccessful } } });
    }

    private static async Task<T?> Read<T>(HttpContext call, MessageParser<T> parser)
        where T : class, IMessage<T> => await GrpcFrame.ReadAsync(call.Request.Body, parser, call.RequestAborted);

    private static async Task One(HttpContext call, IMessage message)
    {
        await call.Response.Body.WriteAsync(GrpcFrame.Write(message));
        call.Response.AppendTrailer("grpc-status", "0");
    }

    private static void Fail(HttpContext call, int code, string? errorClass)
    {
        call.Response.Headers["grpc-status"] = $"{code}";
        call.Response.Headers["grpc-message"] = $"[{errorClass}] so the server says";
        if (errorClass is not null)
        {
            var info = new ErrorInfo { Metadata = { ["errorClass"] = errorClass, ["sqlState"] = "HY000" } };
            call.Response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(new Status { Code = code, Details = { Any.Pack(info) } }.ToByteArray()).TrimEnd('=');
        }
    }
}

/// <summary>How a stream of the fake server ends.</summary>
internal enum Ending
{
    /// <summary>With status 0, whether all was sent or not: so does Spark after two minutes.</summary>
    Whole,
    /// <summary>Without a status: the connection is gone.</summary>
    Lost,
    /// <summary>The same within a message.</summary>
    LostInMessage,
    /// <summary>Nothing more comes, and it does not end.</summary>
    Silence,
    /// <summary>With an error instead of responses.</summary>
    Error,
}

/// <summary>A stream's end after some responses.</summary>
internal sealed record End(int After, Ending How, int Code = 13, string? ErrorClass = null);
