using System.Diagnostics;

namespace Bf.Jobs.Tests.Streaming;

/// <summary>The script that brings librdkafka, with tools that only pretend.</summary>
public sealed class NativeBuildTests : IDisposable
{
    private const string Native = "src/Bf.Jobs/Streaming/Kafka/native";
    private readonly TempFolder _repository = new();
    private readonly string _script;

    public NativeBuildTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script is for a Unix shell");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, Native)))
        {
            _repository.Write($"{Native}/{Path.GetFileName(file)}", File.ReadAllText(file));
        }

        _script = _repository.At($"{Native}/build.sh");
        Tool("dotnet", "exit 1");
        Tool("cc", "exit 0");
        Tool("strip", "exit 0");
        Tool("npm", """
            from=node_modules/@confluentinc/kafka-javascript/deps/librdkafka
            mkdir -p $from/src; printf '#!/bin/sh\n' >$from/configure; chmod +x $from/configure
            """);
        Tool("make", $"echo built >>'{_repository.At("builds")}'; sleep 0.3; for last; do :; done; echo whole >src/$last");
    }

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task Many_that_start_at_once_build_once_and_leave_nothing_behind()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Run())));

        Assert.All(runs, r => Assert.Equal((0, runs[0].Out), (r.Code, r.Out)));
        Assert.Equal("whole\n", await File.ReadAllTextAsync(runs[0].Out, TestContext.Current.CancellationToken));
        Assert.Single(await File.ReadAllLinesAsync(_repository.At("builds"), TestContext.Current.CancellationToken));
        Assert.Empty(Directory.EnumerateDirectories(Path.GetDirectoryName(runs[0].Out)!));
        Assert.Single(runs, r => r.Error.Contains("building librdkafka, once", StringComparison.Ordinal));
    }

    [Fact]
    public void A_package_that_restores_is_taken_instead()
    {
        Tool("dotnet", """
            natives=$(dirname "$2")/packages/librdkafka.redist/2.15.1/runtimes
            for rid in linux-x64 linux-arm64 osx-x64 osx-arm64; do mkdir -p $natives/$rid/native; for f in librdkafka.so librdkafka.dylib; do echo packed >$natives/$rid/native/$f; done; done
            """);
        Tool("ldd", "exit 0");
        Tool("npm", "exit 1");

        var run = Run();

        Assert.Equal((0, "packed\n"), (run.Code, File.ReadAllText(run.Out)));
    }

    [Theory]
    [InlineData("npm", "echo no network >&2; exit 1", "registry reachable")]
    [InlineData("make", "echo syntax error; exit 2", "ended with an error")]
    public void What_fails_says_why_and_the_next_start_tries_again(string tool, string does, string says)
    {
        var works = File.ReadAllText(_repository.At($"bin/{tool}"));
        Tool(tool, does);

        var failed = Run();
        File.WriteAllText(_repository.At($"bin/{tool}"), works);
        var again = Run();

        Assert.Equal((1, ""), (failed.Code, failed.Out));
        Assert.Contains(says, failed.Error);
        Assert.Equal((0, "whole\n"), (again.Code, File.ReadAllText(again.Out)));
    }

    private void Tool(string name, string does)
    {
        var path = _repository.Write($"bin/{name}", $"#!/bin/sh\n{does.Replace("\r", "", StringComparison.Ordinal)}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private (int Code, string Out, string Error) Run()
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", [_script])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["PATH"] = $"{_repository.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}" },
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd().TrimEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
