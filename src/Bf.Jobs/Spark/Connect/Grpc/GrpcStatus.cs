using System.Globalization;
using System.Net.Http.Headers;
using Google.Protobuf;
using Bf.Jobs.Spark.Connect.Protocol;

namespace Bf.Jobs.Spark.Connect.Grpc;

/// <summary>gRPC's status codes that bf tells apart (google/rpc/code.proto).</summary>
internal enum GrpcCode
{
    Ok = 0,
    Cancelled = 1,
    Unknown = 2,
    DeadlineExceeded = 4,
    PermissionDenied = 7,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}

/// <summary>How a call ended: code and message, and the details that the server gives for an error.</summary>
internal sealed record GrpcStatus(GrpcCode Code, string Message, IReadOnlyDictionary<string, string> Details)
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(0);

    /// <summary>Reads the status from trailers, or from the headers of an answer without a body; null when it is in neither.</summary>
    public static GrpcStatus? Read(HttpHeaders headers)
    {
        if (Value(headers, "grpc-status") is not { } text || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            return null;
        }

        return new((GrpcCode)code, Uri.UnescapeDataString(Value(headers, "grpc-message") ?? ""), code == 0 ? None : Info(Value(headers, "grpc-status-details-bin")));
    }

    private static string? Value(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    /// <summary>The metadata of the ErrorInfo among the details; empty where there is none that can be read.</summary>
    internal static IReadOnlyDictionary<string, string> Info(string? base64)
    {
        if (base64 is null)
        {
            return None;
        }

        try
        {
            // gRPC leaves the padding out
            var bytes = Convert.FromBase64String(base64.TrimEnd('=').PadRight((base64.TrimEnd('=').Length + 3) / 4 * 4, '='));
            foreach (var detail in Status.Parser.ParseFrom(bytes).Details)
            {
                if (detail.TypeUrl.EndsWith("/google.rpc.ErrorInfo", StringComparison.Ordinal))
                {
                    return new Dictionary<string, string>(ErrorInfo.Parser.ParseFrom(detail.Value).Metadata, StringComparer.Ordinal);
                }
            }
        }
        catch (Exception e) when (e is FormatException or InvalidProtocolBufferException)
        {
            // details explain an error; the error itself is code and message
        }

        return None;
    }
}
