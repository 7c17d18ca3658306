using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bf.Jobs.Telemetry.Prometheus;

/// <summary>
/// Serves <c>/metrics</c> to Prometheus while a long command runs. A few lines of HTTP: one request a connection, a few seconds for it to come, a bounded size.
/// </summary>
public sealed class MetricsServer : IDisposable
{
    private const int MostRequest = 8192;
    private const int MostAtOnce = 64; // some may have come to say nothing
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Pause = TimeSpan.FromMilliseconds(100);
    private readonly MetricStore _store;
    private readonly TcpListener _listener;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _room = new(MostAtOnce);

    private MetricsServer(TcpListener listener, string version, TimeProvider clock)
    {
        (_listener, _clock) = (listener, clock);
        _store = new(version);
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Address => $"http://{_listener.LocalEndpoint}/metrics";

    /// <summary>Begins to listen, and to count.</summary>
    /// <param name="address">The address of this machine that it listens on, as <c>BIND_ADDRESS</c> says.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="version">bf's version.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="JobException">The port is taken, or the address is none of this machine's.</exception>
    public static MetricsServer Start(string address, int port, string version, TimeProvider clock)
    {
        if (!IPAddress.TryParse(address == "localhost" ? "127.0.0.1" : address, out var ip))
        {
            throw new JobException($"BIND_ADDRESS: '{address}' is no address of a machine, such as 127.0.0.1 or 0.0.0.0");
        }

        var listener = new TcpListener(ip, port);
        try
        {
            listener.Start();
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new JobException($"--metrics-port {port.ToString(CultureInfo.InvariantCulture)}: {(e.SocketErrorCode == SocketError.AddressAlreadyInUse ? "another program listens there already; say another port, or 0 for one that is free" : e.Message)}");
        }

        return new(listener, version, clock);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _store.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await _room.WaitAsync(_end.Token).ConfigureAwait(false);
                try
                {
                    _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token).ConfigureAwait(false));
                }
                catch (SocketException e)
                {
                    // of the visitor, or of this process: without a file handle left the next would fail at once, too
                    _room.Release();
                    Log.Debug($"metrics: {e.Message}");
                    await Task.Delay(Pause, _clock, _end.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // it has ended
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        end.CancelAfter(Patience);
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                var answer = Answer(await RequestAsync(stream, end.Token).ConfigureAwait(false));
                await stream.WriteAsync(answer, end.Token).ConfigureAwait(false);
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // whoever asked has gone, or never asked
        }
        finally
        {
            _room.Release();
        }
    }

    /// <summary>The first line of a request; null where it is none, or has no end.</summary>
    private static async Task<string?> RequestAsync(NetworkStream stream, CancellationToken cancel)
    {
        var room = new byte[MostRequest];
        var length = 0;
        while (length < room.Length)
        {
            var read = await stream.ReadAsync(room.AsMemory(length), cancel).ConfigureAwait(false);
            length += read;
            if (room.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
            {
                return Encoding.ASCII.GetString(room, 0, room.AsSpan(0, length).IndexOf("\r\n"u8));
            }

            if (read == 0)
            {
                return null;
            }
        }

        return null;
    }

    private byte[] Answer(string? request) => request?.Split(' ') switch
    {
        ["GET" or "HEAD", var path, _] when path.Split('?')[0] == "/metrics" => Message("200 OK", PrometheusText.ContentType, _store.Text(), request[0] == 'H'),
        ["GET" or "HEAD", "/", _] => Message("200 OK", "text/plain; charset=utf-8", "bf: see /metrics\n", request[0] == 'H'),
        ["GET" or "HEAD", _, _] => Message("404 Not Found", "text/plain; charset=utf-8", "there is only /metrics\n", request[0] == 'H'),
        [_, _, _] => Message("405 Method Not Allowed", "text/plain; charset=utf-8", "there is only GET /metrics\n", false),
        _ => Message("400 Bad Request", "text/plain; charset=utf-8", "that is no request\n", false),
    };

    private static byte[] Message(string status, string type, string body, bool head)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var start = Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {bytes.Length.ToString(CultureInfo.InvariantCulture)}\r\nConnection: close\r\n\r\n");
        return head ? start : [.. start, .. bytes];
    }
}
