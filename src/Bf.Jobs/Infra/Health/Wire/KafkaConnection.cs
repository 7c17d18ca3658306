using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Bf.Jobs.Search.Elastic;
using Bf.Jobs.Streaming.Kafka;

namespace Bf.Jobs.Infra.Health.Wire;

/// <summary>A connection to one broker: a request, its answer, the next request.</summary>
internal sealed class KafkaConnection : IDisposable
{
    private const string ClientId = "bf-health";
    private const int Longest = 4 << 20;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Stream _stream;
    private int _correlation;

    /// <summary>Connects.</summary>
    /// <exception cref="ServiceDownException">It can't be reached.</exception>
    /// <exception cref="JobException">It is reached, but TLS does not come about.</exception>
    public KafkaConnection((string Host, int Port) at, KafkaSettings settings, CancellationToken cancel)
    {
        try
        {
            _socket.ConnectAsync(at.Host, at.Port, cancel).AsTask().GetAwaiter().GetResult();
            _stream = new NetworkStream(_socket);
            _stream = settings.Protocol == "ssl" ? Encrypted(_stream, at.Host, settings.CaFile, cancel) : _stream;
        }
        catch (SocketException e)
        {
            _socket.Dispose();
            throw new ServiceDownException($"{at.Host}:{at.Port}: {e.Message}");
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and gives the answer's body.</summary>
    /// <exception cref="ServiceDownException">The connection broke.</exception>
    public KafkaReader Ask(KafkaApi api, short version, KafkaWriter body, CancellationToken cancel)
    {
        var head = new KafkaWriter().Short((short)api).Short(version).Int(++_correlation).Text(ClientId);
        var request = new KafkaWriter().Int(head.Bytes.Length + body.Bytes.Length).Raw(head.Bytes).Raw(body.Bytes).Bytes.ToArray();
        try
        {
            _stream.WriteAsync(request, cancel).AsTask().GetAwaiter().GetResult();
            var length = new KafkaReader(Read(4, cancel)).Int();
            if (length is < 4 or > Longest)
            {
                throw new JobException("what answers does not speak Kafka's protocol: see KAFKA_BOOTSTRAP_SERVERS, and KAFKA_SECURITY_PROTOCOL where it speaks TLS");
            }

            var answer = new KafkaReader(Read(length, cancel));
            return answer.Int() == _correlation ? answer : throw new InvalidDataException("an answer to another request came");
        }
        catch (IOException e)
        {
            throw new ServiceDownException($"the broker ended the connection{(_correlation == 1 ? "; where it speaks TLS: KAFKA_SECURITY_PROTOCOL=ssl" : $": {e.Message}")}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private byte[] Read(int length, CancellationToken cancel)
    {
        var bytes = new byte[length];
        _stream.ReadExactlyAsync(bytes, cancel).AsTask().GetAwaiter().GetResult();
        return bytes;
    }

    private static SslStream Encrypted(Stream inner, string host, string? authority, CancellationToken cancel)
    {
        var trust = new ServerTrust(authority is { Length: > 0 } ? authority : null, "KAFKA_SSL_CA", "KAFKA_BOOTSTRAP_SERVERS");
        var stream = new SslStream(inner, leaveInnerStreamOpen: false, (_, certificate, _, errors) => trust.Believes(certificate, errors));
        try
        {
            stream.AuthenticateAsClientAsync(new() { TargetHost = host }, cancel).GetAwaiter().GetResult();
            return stream;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            throw new JobException(trust.Objection ?? $"no TLS came about ({e.Message.TrimEnd('.')}): see KAFKA_SECURITY_PROTOCOL");
        }
    }
}

/// <summary>Requests, by their numbers in Kafka's protocol.</summary>
internal enum KafkaApi : short
{
    Produce = 0,
    Fetch = 1,
    Metadata = 3,
    ApiVersions = 18,
    CreateTopics = 19,
}
