using Bf.Jobs.Spark.Connect.Grpc;

namespace Bf.Jobs.Spark.Connect;

/// <summary>What an error of the server means: its class, SQLSTATE and message from the details (Spark's ErrorUtils.scala puts them there).</summary>
internal static class SparkErrors
{
    /// <summary>The error class among the details, such as INVALID_HANDLE.SESSION_NOT_FOUND.</summary>
    public static string? ClassOf(GrpcStatus status) => status.Details.GetValueOrDefault("errorClass") ?? InMessage(status.Message);

    /// <summary>Whether the server lost the session: it was started anew, or closed the session.</summary>
    public static bool SessionIsGone(GrpcStatus status) => IsSessionGone(ClassOf(status));

    /// <summary>Whether an error of this class means that.</summary>
    public static bool IsSessionGone(string? errorClass) => errorClass is "INVALID_HANDLE.SESSION_NOT_FOUND" or "INVALID_HANDLE.SESSION_CHANGED" or "INVALID_HANDLE.SESSION_CLOSED";

    /// <summary>The exception for an error; asks the server for the whole message where the status has only its beginning.</summary>
    public static Exception Explain(GrpcStatus status, SparkServer server)
    {
        if (SessionIsGone(status))
        {
            return new SparkException(ClassOf(status), "HY000", $"the Spark Connect server at {server.Address} does not know bf's session any more: it was started anew, or the session was closed there. What ran in it is lost; run the command again");
        }

        switch (status.Code)
        {
            case GrpcCode.Unauthenticated or GrpcCode.PermissionDenied:
                return new SparkException(null, null, $"the Spark Connect server at {server.Address} refuses bf ({status.Message}); give a valid token in SPARK_REMOTE: sc://HOST:15002/;token=...");
            case GrpcCode.Unimplemented:
                return new SparkException(null, null, $"what answers at {server.Address} is no Spark Connect server ({status.Message}); set SPARK_REMOTE to one (port 15002 as a rule; 7077 is the master, 8080 its page)");
        }

        var (errorClass, state, message) = (ClassOf(status), status.Details.GetValueOrDefault("sqlState"), status.Message);
        if (status.Details.GetValueOrDefault("errorId") is { } id && server.Details(id) is { HasRootErrorIdx: true } details && (uint)details.RootErrorIdx < details.Errors.Count)
        {
            var root = details.Errors[details.RootErrorIdx];
            message = root.Message;
            if (root.SparkThrowable is { } known)
            {
                errorClass = known.HasErrorClass ? known.ErrorClass : errorClass;
                state = known.HasSqlState ? known.SqlState : state;
            }

            errorClass ??= root.ErrorTypeHierarchy.Count > 0 ? root.ErrorTypeHierarchy[0] : null;
        }

        return new SparkException(errorClass, state, $"Spark: {SparkStack.Cut(message)}");
    }

    // older servers, and long messages, leave the class out of the details: it begins the message then
    private static string? InMessage(string message) =>
        message.StartsWith('[') && message.IndexOf(']') is > 1 and var end && message.AsSpan(1, end - 1).IndexOfAnyExceptInRange('.', '_') < 0 ? message[1..end] : null;
}
