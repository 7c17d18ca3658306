using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

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
                ["message"] = message,
            };
            foreach (var (key, value) in fields)
            {
                document[key] = value switch
                {
                    null => null,
                    long n => n,
                    int n => n,
                    double n => n,
                    bool b => b,
                    _ => value.ToString(),
                };
            }

            line = document.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        }
        else
        {
            line = $"{level.ToString().ToLowerInvariant()}: {message}";
            foreach (var (key, value) in fields)
            {
                line += $" {key}={value}";
            }
        }

        lock (Gate)
        {
            Writer.WriteLine(line);
        }
    }
}
