using Microsoft.AspNetCore.Http;

namespace Bf.Sources.Tests.Fetch;

/// <summary>Answers that a server may give when something is wrong.</summary>
internal static class Fault
{
    /// <summary>A page as a portal shows it before it lets anyone pass.</summary>
    public static Func<HttpContext, Task> ConsentPage { get; } = Text(200, "<!DOCTYPE html><html><title>Before you continue</title></html>", "text/html");

    /// <summary>The connection is cut before anything was said.</summary>
    public static Func<HttpContext, Task> Reset { get; } = call =>
    {
        call.Abort();
        return Task.CompletedTask;
    };

    /// <summary>The connection is cut in the midst of the content.</summary>
    public static Func<HttpContext, Task> BrokenOff { get; } = async call =>
    {
        call.Response.ContentLength = 1000;
        await call.Response.WriteAsync("{\"chart\":{\"result\":[");
        await call.Response.Body.FlushAsync();
        call.Abort();
    };

    /// <summary>No answer at all, until the other side gives up.</summary>
    public static Func<HttpContext, Task> Silence { get; } = call =>
    {
        ((FakeServer)call.Items[nameof(FakeServer)]!).Silent();
        return Task.Delay(Timeout.Infinite, call.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    };

    /// <summary>Content that never ends.</summary>
    public static Func<HttpContext, Task> Endless { get; } = async call =>
    {
        var block = new byte[1 << 16];
        Array.Fill(block, (byte)' ');
        while (!call.RequestAborted.IsCancellationRequested)
        {
            await call.Response.Body.WriteAsync(block);
        }
    };

    /// <summary>Status and content.</summary>
    public static Func<HttpContext, Task> Text(int status, string text, string type = "text/plain") => async call =>
    {
        call.Response.StatusCode = status;
        call.Response.ContentType = type;
        await call.Response.WriteAsync(text);
    };

    /// <summary>A status, with a header or without.</summary>
    public static Func<HttpContext, Task> Status(int status, string? header = null, string? value = null) => call =>
    {
        call.Response.StatusCode = status;
        if (header is not null)
        {
            call.Response.Headers[header] = value;
        }

        return Task.CompletedTask;
    };
}
