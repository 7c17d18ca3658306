using Bf.Jobs.Config;
using Bf.Jobs.Infra;

namespace Bf.Jobs.Tests.Infra;

/// <summary>A folder with programs that stand in for others, and a machine that has these, a shell, and nothing else.</summary>
internal sealed class InfraFolder : TempFolder
{
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);

    public InfraFolder()
    {
        Directory.CreateDirectory(At("bin"));
        foreach (var name in (string[])["sh", "setsid", "sleep", "cat", "java"])
        {
            var there = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => System.IO.Path.Combine(p, name)).FirstOrDefault(File.Exists);
            File.CreateSymbolicLink(At("bin", name), there ?? "/bin/sh");
        }

        Machine = new(Path, name => name == "PATH" ? At("bin") : null, TimeProvider.System);
    }

    public InfraMachine Machine { get; }

    public Settings Settings => new(_settings, _ => null, Path);

    public string Home => At(".infra");

    public InfraFolder Set(string name, string value)
    {
        _settings[name] = value;
        return this;
    }

    /// <summary>Writes a script that can be run.</summary>
    public string Script(string path, string body)
    {
        var file = Write(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return file;
    }

    /// <summary>A Spark, a MinIO, ... that do nothing but run.</summary>
    public InfraFolder WithArchives()
    {
        const string Stay = "echo \"$@\"; exec sleep 100";
        Script("bin/minio", Stay);
        Script("spark/bin/spark-class", Stay);
        Script("spark/bin/spark-submit", Stay);
        return Set("SPARK_HOME", At("spark"));
    }

    /// <summary>Skips the test where native services can't be.</summary>
    public static void NeedsLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "native services are for Linux");
}
