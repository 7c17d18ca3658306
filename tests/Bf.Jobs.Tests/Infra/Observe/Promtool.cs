using System.Diagnostics;

namespace Bf.Jobs.Tests.Infra.Observe;

/// <summary>Prometheus' own checker; a test that asks for it is skipped where it is missing.</summary>
internal static class Promtool
{
    /// <summary>Runs it in <c>infra/prometheus</c>.</summary>
    /// <returns>Its exit code, and what it said.</returns>
    public static (int Code, string Said) Run(params IEnumerable<string> arguments)
    {
        var program = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(p => Path.Combine(p, "promtool")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "promtool is not here (Debian's package prometheus)");
        using var process = Process.Start(new ProcessStartInfo(program!, [.. arguments])
        {
            WorkingDirectory = RuleFile.Folder, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
