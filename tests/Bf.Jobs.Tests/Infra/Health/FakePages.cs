using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Bf.Jobs.Tests.Infra.Health;

/// <summary>A server whose pages are what the test says.</summary>
internal sealed class FakePages : IDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (int Status, string Text)> _pages = new();

    public FakePages()
    {
        _app = LocalServer.Start(call =>
        {
            Login = call.Request.Headers.Authorization;
            var (status, text) = _pages.TryGetValue($"{call.Request.Path}{call.Request.QueryString}", out var page) ? page : _pages.GetValueOrDefault("*", (404, ""));
            call.Response.StatusCode = status;
            return call.Response.WriteAsync(text);
        });
        Port = new Uri(_app.Urls.First()).Port;
    }

    public int Port { get; }

    /// <summary>The login that came last.</summary>
    public string? Login { get; private set; }

    /// <summary>What a path answers; <c>*</c> is any other.</summary>
    public (int Status, string Text) this[string path]
    {
        set => _pages[path] = value;
    }

    public void Dispose() => _app.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
