namespace Bf.Core.Tests;

/// <summary>The files of the folder Data.</summary>
internal static class TestData
{
    public static string[][] Csv(string name) => [.. Text(name).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];

    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(TestData).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
