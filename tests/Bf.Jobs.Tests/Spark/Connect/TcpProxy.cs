using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Tests.Spark.Connect;

/// <summary>Passes bytes on between a client and a server, until it is told to cut what goes through it.</summary>
internal sealed class TcpProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _open = [];
    private readonly SparkAddress _to;

    public TcpProxy(SparkAddress to)
    {
        _to = to;
        _listener.Start();
        Address = SparkAddress.Parse(_listener.LocalEndpoint.ToString()!);
        _ = Accept();
    }

    public SparkAddress Address { get; }

    /// <summary>How many connections were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts all connections, as a network does that fails for a moment.</summary>
    public void Cut()
    {
        while (_open.TryTake(out var client))
        {
            if (client.Client is { } socket) // none: it ended by itself
            {
                Cuts++;
                socket.Close(0); // with a reset: no end of stream
            }

            client.Dispose();
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient();
                await server.ConnectAsync(_to.Host, _to.Port);
                (client.NoDelay, server.NoDelay) = (true, true);
                _open.Add(client);
                _ = Pass(client, server);
                _ = Pass(server, client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    private static async Task Pass(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
        }

        from.Dispose();
        to.Dispose();
    }
}
