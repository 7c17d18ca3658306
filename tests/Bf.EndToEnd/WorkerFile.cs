using System.Diagnostics;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>The worker as executors are sent it: made by the first test that wants it, where its sources changed.</summary>
internal static class WorkerFile
{
    private static readonly Lazy<string> Made = new(Make);

    /// <summary>Its path.</summary>
    public static string Path => Made.Value;

    private static string Make()
    {
        var folder = System.IO.Path.Combine(Repository.Root, "artifacts", "test-worker");
        var (file, stamp) = (System.IO.Path.Combine(folder, "bf-worker"), System.IO.Path.Combine(folder, ".made"));
        var changed = ((string[])["Bf.Worker", "Bf.Core", "Bf.Sources"]).SelectMany(p => Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, "src", p), "*", SearchOption.AllDirectories)).Max(File.GetLastWriteTimeUtc);
        if (File.Exists(file) && File.GetLastWriteTimeUtc(stamp) > changed)
        {
            return file;
        }

        // with folders of its own for what is in between: the build of the tests has the others
        using var process = Process.Start(new ProcessStartInfo("dotnet",
        [
            "publish", System.IO.Path.Combine(Repository.Root, "src", "Bf.Worker", "Bf.Worker.csproj"), "-c", "Release", "-r", "linux-x64", "--self-contained", "true",
            $"-p:ArtifactsPath={folder}/build/", "-o", folder, "--nologo", "-v", "quiet",
        ]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.Result);
        File.WriteAllText(stamp, "");
        return file;
    }
}
