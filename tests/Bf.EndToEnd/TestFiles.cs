namespace Bf.EndToEnd;

/// <summary>Copies of folders, and damage to files.</summary>
internal static class TestFiles
{
    /// <summary>Copies the files below a folder; with a pattern, those directly in it.</summary>
    public static void Copy(string from, string to, string? pattern = null)
    {
        foreach (var file in Directory.EnumerateFiles(from, pattern ?? "*", pattern is null ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>Does something to a file that no program does.</summary>
    public static void Damage(string file, string how)
    {
        if (how == "gone")
        {
            File.Delete(file);
            return;
        }

        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, how switch
        {
            "cut" => bytes[..(bytes.Length / 2)],
            "empty" => [],
            "garbage" => [.. bytes.Select((_, i) => (byte)(i * 7))],
            "footer" => [.. bytes.Select((b, i) => i >= bytes.Length - 200 && i < bytes.Length - 150 ? (byte)~b : b)],
            _ => throw new ArgumentException(how),
        });
    }
}
