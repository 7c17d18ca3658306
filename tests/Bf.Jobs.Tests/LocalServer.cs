using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bf.Jobs.Tests;

/// <summary>A server of HTTP on a free port of this machine, which a stand-in answers by.</summary>
internal static class LocalServer
{
    public static WebApplication Start(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseShutdownTimeout(TimeSpan.Zero);
        var server = builder.Build();
        server.Run(answer);
        server.StartAsync().GetAwaiter().GetResult();
        return server;
    }
}
