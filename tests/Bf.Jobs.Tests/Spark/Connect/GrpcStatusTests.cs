using Bf.Jobs.Spark.Connect.Grpc;
using Bf.Jobs.Spark.Connect.Protocol;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Bf.Jobs.Tests.Spark.Connect;

public sealed class GrpcStatusTests
{
    [Fact]
    public void Code_message_and_details_stand_in_the_trailers()
    {
        using var response = new HttpResponseMessage();
        var info = new ErrorInfo { Metadata = { ["errorClass"] = "DIVIDE_BY_ZERO", ["sqlState"] = "22012" } };
        var details = new Status { Code = 13, Details = { new Any { TypeUrl = "type.googleapis.com/other" }, Any.Pack(info) } }.ToByteArray();
        response.TrailingHeaders.TryAddWithoutValidation("grpc-status", "13");
        response.TrailingHeaders.TryAddWithoutValidation("grpc-message", "[DIVIDE_BY_ZERO]%0AZ%C3%BCrich, 100%25");
        response.TrailingHeaders.TryAddWithoutValidation("grpc-status-details-bin", Convert.ToBase64String(details).TrimEnd('='));

        var status = GrpcStatus.Read(response.TrailingHeaders)!;

        Assert.Equal((GrpcCode.Internal, "[DIVIDE_BY_ZERO]\nZürich, 100%"), (status.Code, status.Message));
        Assert.Equal("22012", status.Details["sqlState"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AA")]
    [InlineData("not base64!")]
    [InlineData("////")]
    public void Details_that_cant_be_read_leave_code_and_message(string details) => Assert.Empty(GrpcStatus.Info(details));

    [Fact]
    public void No_status_is_not_the_status_ok()
    {
        using var response = new HttpResponseMessage();

        Assert.Null(GrpcStatus.Read(response.TrailingHeaders));
    }
}
