using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using Bf.Jobs.Telemetry;
using Google.Protobuf;

namespace Bf.Jobs.Spark.Connect.Grpc;

/// <summary>gRPC over HTTP/2, by HttpClient: cleartext with prior knowledge, or TLS.</summary>
internal sealed class GrpcChannel : IDisposable
{
    private readonly SparkAddress _address;
    private readonly Action<SslClientAuthenticationOptions>? _tls;
    private volatile HttpClient _client;

    /// <param name="address">The server.</param>
    /// <param name="tls">Changes what is asked of the server's certificate; null: what the system trusts.</param>
    public GrpcChannel(SparkAddress address, Action<SslClientAuthenticationOptions>? tls = null)
    {
        (_address, _tls) = (address, tls);
        _client = Client();
    }

    /// <summary>How long a server may take to accept a connection.</summary>
    public static TimeSpan ConnectTimeout { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Forgets the connection: the next call makes a new one. A connection that died in silence would be used again otherwise.</summary>
    public void Reset() => Interlocked.Exchange(ref _client, Client()).Dispose();

    /// <summary>Sends frames and gives the answers as they come.</summary>
    /// <exception cref="LostConnectionException">There is no connection.</exception>
    /// <exception cref="GrpcException">The server answered with an error at once.</exception>
    public async Task<GrpcCall<T>> StartAsync<T>(string method, IEnumerable<byte[]> frames, MessageParser<T> parser, CancellationToken cancel)
        where T : class, IMessage<T>
    {
        HttpResponseMessage? response = null;
        try
        {
            using var request = Request(method, frames);
            response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
            if (GrpcStatus.Read(response.Headers) is { Code: not GrpcCode.Ok } failed)
            {
                throw new GrpcException(failed);
            }

            if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentType?.MediaType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
            {
                throw new GrpcException(new(Code(response.StatusCode), $"HTTP status {(int)response.StatusCode} instead of a gRPC answer", new Dictionary<string, string>(0)));
            }

            var call = new GrpcCall<T>(response, await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false), parser);
            response = null;
            return call;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ObjectDisposedException)
        {
            throw new LostConnectionException((e.InnerException ?? e).Message, e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new LostConnectionException($"no connection within {ConnectTimeout.TotalSeconds:0} s", e);
        }
        finally
        {
            response?.Dispose();
        }
    }

    /// <summary>One question, one answer.</summary>
    public Task<T> CallAsync<T>(string method, IMessage question, MessageParser<T> parser, TimeSpan patience, CancellationToken cancel)
        where T : class, IMessage<T> => CallAsync(method, [GrpcFrame.Write(question)], parser, patience, cancel);

    /// <summary>Many frames, one answer; <paramref name="patience"/> is how long nothing may flow.</summary>
    /// <exception cref="LostConnectionException">There was no connection, it broke, or no answer came in time.</exception>
    /// <exception cref="GrpcException">The server answered with an error.</exception>
    public async Task<T> CallAsync<T>(string method, IEnumerable<byte[]> frames, MessageParser<T> parser, TimeSpan patience, CancellationToken cancel)
        where T : class, IMessage<T>
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(patience);
        try
        {
            using var call = await StartAsync(method, Flowing(frames, deadline, patience), parser, deadline.Token).ConfigureAwait(false);
            var answer = await call.NextAsync(deadline.Token).ConfigureAwait(false)
                ?? throw new LostConnectionException("an answer without a message");
            await call.NextAsync(deadline.Token).ConfigureAwait(false); // the status comes after the message
            return answer;
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new LostConnectionException($"no answer within {patience.TotalSeconds:0} s", e);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>What is large may take as long as it needs, while the server takes it.</summary>
    private static IEnumerable<byte[]> Flowing(IEnumerable<byte[]> frames, CancellationTokenSource deadline, TimeSpan patience)
    {
        foreach (var frame in frames)
        {
            deadline.CancelAfter(patience);
            yield return frame;
        }
    }

    private HttpRequestMessage Request(string method, IEnumerable<byte[]> frames)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_address.Root, $"spark.connect.SparkConnectService/{method}"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new FrameContent(frames),
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (_address.Token is { } token)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        if (Span.CurrentParent() is { } parent)
        {
            request.Headers.TryAddWithoutValidation("traceparent", parent);
        }

        foreach (var (name, value) in _address.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private HttpClient Client()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            UseProxy = false, // a proxy of the web does not carry HTTP/2 in cleartext
            UseCookies = false,
            AllowAutoRedirect = false,
            // several batches may be under way; a fixed window spares the pings that measure one, which Java's gRPC takes for an attack
            InitialHttp2StreamWindowSize = 8 << 20,
        };
        _tls?.Invoke(handler.SslOptions);
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static GrpcCode Code(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => GrpcCode.Unauthenticated,
        HttpStatusCode.Forbidden => GrpcCode.PermissionDenied,
        HttpStatusCode.NotFound => GrpcCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => GrpcCode.Unavailable,
        _ => GrpcCode.Unknown,
    };
}
