using System.Net.Security;
using Bf.Jobs.Spark.Connect.Grpc;
using Bf.Jobs.Spark.Connect.Protocol;
using Google.Protobuf;

namespace Bf.Jobs.Spark.Connect;

/// <summary>The calls of one session: who asks, what is known of the server, and what its errors mean.</summary>
internal sealed class SparkServer(SparkAddress address, Action<SslClientAuthenticationOptions>? tls) : IDisposable
{
    /// <summary>What bf calls itself in Spark's logs.</summary>
    public const string ClientType = "bf";

    // a call that starts the session on a cold server takes some seconds; one that takes longer than this is not coming
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan WarmPatience = TimeSpan.FromSeconds(15);

    private readonly GrpcChannel _channel = new(address, tls);

    // whether the last call found nobody: then nobody is told anything either, which would only take time
    private volatile bool _gone;

    /// <summary>Whether the last call found nobody.</summary>
    public bool IsGone => _gone;

    /// <summary>Where the server is.</summary>
    public SparkAddress Address { get; } = address;

    /// <summary>The session's id, which Spark wants to be a UUID.</summary>
    public string SessionId { get; init; } = Guid.NewGuid().ToString();

    /// <summary>What statements are tagged with, for Spark's own pages; null for nothing. Holds no comma.</summary>
    public string? Tag { get; set; }

    /// <summary>The server's own id of the session, told back to it with every request: a server started anew then says so. Empty before the first answer.</summary>
    public string ServerSideId { get; set; } = "";

    /// <summary>The user.</summary>
    public UserContext User { get; init; } = Named(address.UserId is { Length: > 0 } given ? given : Environment.UserName is { Length: > 0 } name ? name : ClientType);

    /// <summary>One question that may be asked twice, one answer.</summary>
    /// <exception cref="ServiceDownException">The server can't be reached.</exception>
    /// <exception cref="SparkException">It answered with an error.</exception>
    public T Ask<T>(string method, IMessage question, MessageParser<T> parser, CancellationToken cancel)
        where T : class, IMessage<T>
    {
        byte[][] frames = [GrpcFrame.Write(question)];
        try
        {
            return Ask(method, frames, parser, ServerSideId.Length > 0 ? WarmPatience : Patience, cancel);
        }
        catch (ServiceDownException) when (ServerSideId.Length > 0)
        {
            Reset(); // perhaps only a connection was lost that had lain idle
            if (!Answers(TimeSpan.FromSeconds(5), cancel))
            {
                throw;
            }

            return Ask(method, frames, parser, WarmPatience, cancel);
        }
    }

    /// <summary>Many frames, one answer.</summary>
    /// <exception cref="ServiceDownException">The server can't be reached.</exception>
    /// <exception cref="SparkException">It answered with an error.</exception>
    public T Ask<T>(string method, IEnumerable<byte[]> frames, MessageParser<T> parser, TimeSpan patience, CancellationToken cancel)
        where T : class, IMessage<T>
    {
        try
        {
            var answer = _channel.CallAsync(method, frames, parser, patience, cancel).GetAwaiter().GetResult();
            _gone = false;
            return answer;
        }
        catch (LostConnectionException e)
        {
            throw Down(e.Message);
        }
        catch (GrpcException e)
        {
            throw e.Status.Code == GrpcCode.Unavailable ? Down(e.Status.Message) : Explain(e);
        }
    }

    /// <summary>Starts a call whose answers are read one after the other.</summary>
    public Task<GrpcCall<ExecutePlanResponse>> StartAsync(string method, IMessage question, CancellationToken cancel) =>
        _channel.StartAsync(method, [GrpcFrame.Write(question)], ExecutePlanResponse.Parser, cancel);

    /// <summary>A call of which nothing depends: its errors are of no matter, and it takes a few seconds at most. Gives whether there was anybody to hear it.</summary>
    public async Task<bool> TellAsync<T>(string method, IMessage message, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        if (_gone)
        {
            return false;
        }

        try
        {
            await _channel.CallAsync(method, message, parser, TimeSpan.FromSeconds(5), CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is LostConnectionException or GrpcException)
        {
            Log.Debug($"spark {method}: {e.Message}");
            return e is GrpcException;
        }
    }

    /// <summary>Whether the server answers, and still knows the session.</summary>
    /// <exception cref="SparkException">It does not know the session any more.</exception>
    public bool Answers(TimeSpan patience, CancellationToken cancel)
    {
        var question = new ConfigRequest
        {
            SessionId = SessionId, UserContext = User, ClientType = ClientType,
            Operation = new() { GetOption = new() { Keys = { "spark.app.name" } } },
        };
        if (ServerSideId.Length > 0)
        {
            question.ClientObservedServerSideSessionId = ServerSideId;
        }

        try
        {
            _channel.CallAsync("Config", question, ConfigResponse.Parser, patience, cancel).GetAwaiter().GetResult();
            _gone = false;
            return true;
        }
        catch (LostConnectionException)
        {
            _gone = true;
            return false;
        }
        catch (GrpcException e)
        {
            return e.Status.Code != GrpcCode.Unavailable && (SparkErrors.SessionIsGone(e.Status) ? throw Explain(e) : true);
        }
    }

    /// <summary>Forgets the connection, so that the next call makes a new one.</summary>
    public void Reset() => _channel.Reset();

    /// <summary>The server's error in Spark's own words.</summary>
    public Exception Explain(GrpcException error) => SparkErrors.Explain(error.Status, this);

    /// <summary>The server can't be reached.</summary>
    public ServiceDownException Down(string reason)
    {
        _gone = true;
        var remedy = reason.Contains("certificate", StringComparison.Ordinal)
            ? "name the authority that vouches for it in a file of SSL_CERT_FILE"
            : "start it, or set SPARK_REMOTE to its address (sc://HOST:15002, with /;use_ssl=true where it speaks TLS)";
        return new($"no Spark Connect server answers at {Address} ({reason.TrimEnd('.', ' ')}); {remedy}");
    }

    public void Dispose() => _channel.Dispose();

    /// <summary>Details of an error that the server keeps for a minute; null where it does not tell them.</summary>
    internal FetchErrorDetailsResponse? Details(string errorId)
    {
        var question = new FetchErrorDetailsRequest { SessionId = SessionId, UserContext = User, ClientType = ClientType, ErrorId = errorId };
        if (ServerSideId.Length > 0)
        {
            question.ClientObservedServerSideSessionId = ServerSideId;
        }

        try
        {
            return _channel.CallAsync("FetchErrorDetails", question, FetchErrorDetailsResponse.Parser, TimeSpan.FromSeconds(5), CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is LostConnectionException or GrpcException)
        {
            return null;
        }
    }

    internal static UserContext Named(string name) => new() { UserId = name, UserName = name };
}
