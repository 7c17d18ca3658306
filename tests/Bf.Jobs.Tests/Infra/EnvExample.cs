namespace Bf.Jobs.Tests.Infra;

/// <summary><c>infra/.env.example</c>: what it sets, and what it shows commented out, as a default.</summary>
internal static class EnvExample
{
    public static string Path => ComposeFile.PathOf(".env.example");

    /// <summary>Each variable with its value, and whether it is set.</summary>
    public static IReadOnlyDictionary<string, (string Value, bool IsSet)> Read() => File.ReadLines(Path)
        .Select(l => (Line: l.TrimStart('#', ' '), IsSet: !l.StartsWith('#')))
        .Where(l => l.Line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && l.Line[..at].All(c => char.IsAsciiLetterUpper(c) || c == '_'))
        .ToDictionary(l => l.Line[..l.Line.IndexOf('=', StringComparison.Ordinal)], l => (l.Line[(l.Line.IndexOf('=', StringComparison.Ordinal) + 1)..], l.IsSet));
}
