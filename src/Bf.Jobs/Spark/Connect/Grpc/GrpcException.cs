namespace Bf.Jobs.Spark.Connect.Grpc;

/// <summary>A call that the server ended with an error.</summary>
internal sealed class GrpcException(GrpcStatus status) : Exception($"{status.Code}: {status.Message}")
{
    /// <summary>What the server said.</summary>
    public GrpcStatus Status { get; } = status;
}

/// <summary>A call of which nobody knows how it ended: there was no connection, it was lost, or nothing came in time.</summary>
internal sealed class LostConnectionException(string reason, Exception? cause = null) : Exception(reason, cause);
