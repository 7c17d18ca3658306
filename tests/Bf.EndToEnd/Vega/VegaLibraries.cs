using System.Diagnostics;
using System.Text.Json;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd.Vega;

/// <summary>The picture libraries that Kibana carries, of both of its sets of versions, from npm once.</summary>
internal static class VegaLibraries
{
    private static readonly string Here = Path.Combine(Repository.Root, "tests", "Bf.EndToEnd", "Vega");
    private static readonly string Home = Path.Combine(Repository.Root, "artifacts", "vega");

    /// <summary>The folders of the sets; the test is skipped where npm does not bring them.</summary>
    public static string[] Sets() => [.. ((string[])["vega5", "vega6"]).Select(Set)];

    /// <summary>Draws the panels.</summary>
    /// <param name="task">What, as <c>render.mjs</c> reads it.</param>
    public static JsonElement Draw(object task)
    {
        var file = Path.Combine(Home, $"task-{Guid.NewGuid():N}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(task));
        try
        {
            var (code, output, error) = Call(Home, "node", Path.Combine(Here, "render.mjs"), file);
            Assert.True(code == 0, $"render.mjs: {error}");
            return JsonDocument.Parse(output).RootElement;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Set(string name)
    {
        var folder = Path.Combine(Home, name);
        Directory.CreateDirectory(folder);
        var (locked, done) = (File.ReadAllText(Path.Combine(Here, name, "package-lock.json")), Path.Combine(folder, "installed.json"));
        if (!File.Exists(done) || File.ReadAllText(done) != locked)
        {
            foreach (var file in (string[])["package.json", "package-lock.json"])
            {
                File.Copy(Path.Combine(Here, name, file), Path.Combine(folder, file), overwrite: true);
            }

            var (code, _, error) = Npm(folder);
            Assert.SkipWhen(code != 0, $"npm can't bring {name}: {error}");
            File.WriteAllText(done, locked);
        }

        return folder;
    }

    private static (int Code, string Output, string Error) Npm(string folder)
    {
        try
        {
            return Call(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (1, "", e.Message); // no npm
        }
    }

    private static (int Code, string Output, string Error) Call(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
