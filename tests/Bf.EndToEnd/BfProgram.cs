using System.Diagnostics;
using System.Text.Json;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>What a call of the program gave.</summary>
internal sealed record BfResult(int Code, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Itself, when the program succeeded.</summary>
    public BfResult Done()
    {
        Assert.True(Code == 0, $"exit {Code}: {Error}{Out}");
        return this;
    }
}

/// <summary>Runs the built program in a folder of its own, with no settings but those given.</summary>
internal sealed class BfProgram : TempFolder
{
    /// <summary>Runs it to its end.</summary>
    public BfResult Run(params string[] arguments) => Run(arguments, null);

    /// <summary>Runs it to its end, with something on its standard input or in its environment.</summary>
    public BfResult Run(string[] arguments, string? input, params (string Name, string Value)[] environment)
    {
        using var process = Start(arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input ?? "");
        process.StandardInput.Close();
        process.WaitForExit();
        return new(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts it.</summary>
    public Process Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        // a test run in the background may have its interrupts ignored, which children inherit
        string[] dotnet = [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", System.IO.Path.Combine(AppContext.BaseDirectory, "bf.dll")];
        string[] line = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", .. dotnet, .. arguments] : [.. dotnet, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            WorkingDirectory = Path, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in Bf.Jobs.Config.Setting.All.Select(s => s.Name))
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Every file and folder below, with its time: what a command that only reads leaves as it was.</summary>
    public List<string> Everything() =>
        [.. Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}")];
}
