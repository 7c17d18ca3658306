using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Infra;

/// <summary>The file <c>.env</c>: bf keeps a block of its own at its end, and leaves every other line alone.</summary>
public static class EnvFile
{
    private const string Begin = "# --- bf infra: written by bf infra start --write-env; changed by the next one", End = "# --- end of bf infra";
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create("'\"#$` \t");

    /// <summary>Puts the block into the file, in place of an earlier one, so that a reader sees all of it or none. Only its owner may read it.</summary>
    /// <param name="path">The file; it need not exist.</param>
    /// <param name="lines">Names and values.</param>
    /// <returns>Whether the file changed, and the names that other lines set too: the block's hold, since they come later.</returns>
    public static (bool Changed, IReadOnlyList<string> Overruled) Write(string path, IReadOnlyList<(string Name, string Value)> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var file = (new FileInfo(path).LinkTarget is null ? null : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName) ?? path;
        var before = File.Exists(file) ? File.ReadAllText(file) : "";
        var others = WithoutBlock(before);
        var text = string.Concat(others.Select(l => l + "\n")) + string.Join('\n', [Begin, .. lines.Select(l => $"{l.Name}={Quoted(l.Value)}"), End]) + "\n";
        string[] overruled = [.. lines.Select(l => l.Name).Where(n => others.Exists(o => o.TrimStart().StartsWith(n + "=", StringComparison.Ordinal) || o.TrimStart().StartsWith($"export {n}=", StringComparison.Ordinal)))];
        if (text == before)
        {
            return (false, overruled);
        }

        var half = $"{file}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(half, options))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        Durable.Rename(half, Path.GetFullPath(file));
        return (true, overruled);
    }

    /// <summary>A value as bf and Compose, old and new, read it alike: what has a meaning to one of them stands in single quotes.</summary>
    private static string Quoted(string value) => value.AsSpan().IndexOfAny(Special) < 0 && value == value.Trim() ? value : $"'{value.Replace("'", "\\'", StringComparison.Ordinal)}'";

    private static List<string> WithoutBlock(string text)
    {
        var others = text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n').ToList();
        var (begin, end) = (others.FindIndex(l => l.TrimEnd() == Begin), others.FindIndex(l => l.TrimEnd() == End)); // an editor may have made it end its lines otherwise
        if (begin >= 0 && end > begin) // without its end nobody knows which lines are ours
        {
            others.RemoveRange(begin, end - begin + 1);
        }

        return others;
    }
}
