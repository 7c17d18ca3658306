using System.Net.Sockets;

namespace Bf.Jobs.Infra.Health;

/// <summary>What a port does when it is connected to: why a service did not answer.</summary>
internal enum PortLook
{
    /// <summary>Nothing listens there.</summary>
    Refuses,
    /// <summary>The connection does not come about in time: no such host, or what lies between drops it.</summary>
    Unreachable,
    /// <summary>It takes the connection and ends it at once, as Docker does while nothing listens in the container.</summary>
    Closes,
    /// <summary>It takes the connection.</summary>
    Accepts,
}

/// <summary>Looks at a port.</summary>
internal static class Port
{
    // who closes does so at once
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(150);

    /// <summary>Connects.</summary>
    /// <param name="at">The host and the port.</param>
    /// <param name="within">How long it may take.</param>
    public static PortLook Look((string Host, int Port) at, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.ConnectAsync(at.Host.Trim('[', ']'), at.Port, limit.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused ? PortLook.Refuses : PortLook.Unreachable;
        }
        catch (OperationCanceledException)
        {
            return PortLook.Unreachable;
        }

        return socket.Poll(Moment, SelectMode.SelectRead) && socket.Available == 0 ? PortLook.Closes : PortLook.Accepts;
    }
}
