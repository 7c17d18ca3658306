using Bf.Jobs.Spark.Connect.Protocol;

namespace Bf.Jobs.Spark.Connect;

/// <summary>The requests about one operation of a session, with who asks in each.</summary>
internal sealed class OperationRequests(SparkServer server)
{
    /// <summary>The operation's id, which the client chooses.</summary>
    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>Runs a plan, so that its responses are kept until they are released.</summary>
    public ExecutePlanRequest Execute(Plan plan) => new()
    {
        SessionId = server.SessionId, ClientObservedServerSideSessionId = server.ServerSideId, UserContext = server.User, ClientType = SparkServer.ClientType,
        OperationId = Id, Plan = plan,
        RequestOptions = { new ExecutePlanRequest.Types.RequestOption { ReattachOptions = new() { Reattachable = true } } },
        Tags = { server.Tag is { } tag ? [tag] : Array.Empty<string>() },
    };

    /// <summary>The responses after one of them; all where <paramref name="last"/> is null.</summary>
    public ReattachExecuteRequest Reattach(string? last)
    {
        var request = new ReattachExecuteRequest
        {
            SessionId = server.SessionId, ClientObservedServerSideSessionId = server.ServerSideId, UserContext = server.User, ClientType = SparkServer.ClientType,
            OperationId = Id,
        };
        if (last is not null)
        {
            request.LastResponseId = last;
        }

        return request;
    }

    /// <summary>Ends the operation.</summary>
    public InterruptRequest Interrupt() => new()
    {
        SessionId = server.SessionId, ClientObservedServerSideSessionId = server.ServerSideId, UserContext = server.User, ClientType = SparkServer.ClientType,
        InterruptType = InterruptRequest.Types.InterruptType.OperationId, OperationId = Id,
    };

    /// <summary>Lets the server forget the responses up to one of them; all where <paramref name="last"/> is null.</summary>
    public ReleaseExecuteRequest Release(string? last)
    {
        var request = new ReleaseExecuteRequest
        {
            SessionId = server.SessionId, ClientObservedServerSideSessionId = server.ServerSideId, UserContext = server.User, ClientType = SparkServer.ClientType,
            OperationId = Id,
        };
        if (last is null)
        {
            request.ReleaseAll = new();
        }
        else
        {
            request.ReleaseUntil = new() { ResponseId = last };
        }

        return request;
    }
}
