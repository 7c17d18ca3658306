using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Bf.Jobs.Telemetry.Otlp;

/// <summary>
/// Asks whether somebody answers at an address, before anything is loaded that could speak to it properly: one that accepts connections and never
/// says a word is told from one that is slow to be spoken to. Over HTTP it is asked with an empty message, which is what it has to take. Costs a millisecond or two.
/// </summary>
internal static class EndpointProbe
{
    // what a client of HTTP/2 begins with, and an empty frame of settings: the server answers with its own
    private static readonly byte[] Preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0];

    /// <summary>Waits for a first sign of life.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="grpc">Whether it speaks gRPC.</param>
    /// <param name="patience">How long is waited.</param>
    /// <returns>Why nobody answers; null when somebody does.</returns>
    public static string? Trouble(Uri endpoint, bool grpc, TimeSpan patience)
    {
        try
        {
            using var end = new CancellationTokenSource(patience);
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.ConnectAsync(endpoint.DnsSafeHost, endpoint.Port, end.Token).AsTask().GetAwaiter().GetResult();
            using var plain = new NetworkStream(socket);
            if (endpoint.Scheme == Uri.UriSchemeHttps)
            {
                return Greets(plain, endpoint, end.Token);
            }

            plain.Write(grpc ? Preface : Encoding.ASCII.GetBytes($"POST {endpoint.PathAndQuery} HTTP/1.1\r\nHost: {endpoint.Authority}\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            var answer = new byte[grpc ? 1 : "HTTP/1.1 200".Length];
            return plain.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, end.Token).AsTask().GetAwaiter().GetResult() < answer.Length ? "it ends the connection without a word"
                // who refuses an empty message (401, 400) is there; a gateway whose collector is not says so, or leads elsewhere
                : grpc || answer[^3] is not ((byte)'3' or (byte)'5') ? null : $"it answers {Encoding.ASCII.GetString(answer)}";
        }
        catch (OperationCanceledException)
        {
            return "no answer";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return e.Message.TrimEnd('.');
        }
    }

    /// <summary>Over TLS the handshake is the sign; whether the certificate will do is told later, by who sends.</summary>
    private static string? Greets(NetworkStream plain, Uri endpoint, CancellationToken end)
    {
        try
        {
            using var tls = new SslStream(plain);
            tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = endpoint.DnsSafeHost }, end).GetAwaiter().GetResult();
            return null;
        }
        catch (System.Security.Authentication.AuthenticationException)
        {
            return null;
        }
    }
}
