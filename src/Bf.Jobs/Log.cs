using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs;

/// <summary>How much is logged.</summary>
public enum LogLevel
{
    /// <summary>Everything.</summary>
    Debug,
    /// <summary>What was done.</summary>
    Info,
    /// <summary>What a user should look at.</summary>
    Warn,
    /// <summary>What failed.</summary>
    Error,
}

/// <summary>Structured log lines on stderr, as text or as JSON.</summary>
public static class Log
{
    private static readonly Lock Gate = new();

    /// <summary>The least level that is written.</summary>
    public static LogLevel Level { get; set; } = LogLevel.Warn;

    /// <summary>Whether a line is a JSON document.</summary>
    public static bool Json { get; set; }

    /// <summary>The run that lines belong to; null before one begins.</summary>
    public static string? Run { get; set; }

    /// <summary>Where lines go.</summary>
    public static TextWriter Writer { get; set; } = Console.Error;

    /// <summary>Writes a line of level debug.</summary>
    public static void Debug(string message, params ReadOnlySpan<(string Key, object? Value)> fields) => Write(LogLevel.Debug, message, fields);

    /// <summary>Writes a line of level info.</summary>
    public static void Info(string message, params ReadOnlySpan<(string Key, object? Value)> fields) => Write(LogLevel.Info, message, fields);

    /// <summary>Writes a line of level warn.</summary>
    public static void Warn(string message, params ReadOnlySpan<(string Key, object? Value)> fields) => Write(LogLevel.Warn, message, fields);

    /// <summary>Writes a line of level error.</summary>
    public static void Error(string message, params ReadOnlySpan<(string Key, object? Value)> fields) => Write(LogLevel.Error, message, fields);

    private static void Write(LogLevel level, string message, ReadOnlySpan<(string Key, object? Value)> fields)
    {
        if (level < Level)
        {
            return;
        }

        string line;
        if (Json)
        {
            var document = new JsonObject
            {
                ["ts"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                ["level"] = level.ToString().ToLowerInvariant(),
                ["message"] = Secrets.Mask(message),
            };
            Locate(document);
            foreach (var (key, value) in fields)
            {
                document[key] = value switch
                {
                    null => null,
                    long n => n,
                    int n => n,
                    double n => n,
                    bool b => b,
                    _ => value.ToString() is { } text ? Secrets.Mask(text) : null,
                };
            }

            line = document.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        }
        else
        {
            line = $"{level.ToString().ToLowerInvariant()}: {Secrets.Mask(message)}";
            foreach (var (key, value) in fields)
            {
                line += $" {key}={(value?.ToString() is { } text ? Secrets.Mask(text) : null)}";
            }
        }

        lock (Gate)
        {
            Writer.WriteLine(line);
        }
    }

    /// <summary>Says to which run and to which part of a trace a line belongs: <c>00-TRACE-SPAN-01</c> in its two parts.</summary>
    private static void Locate(JsonObject document)
    {
        if (Run is not null)
        {
            document["run"] = Run;
        }

        if (Span.CurrentParent()?.Split('-') is [_, var trace, var span, _])
        {
            (document["trace_id"], document["span_id"]) = (trace, span);
        }
    }
}
