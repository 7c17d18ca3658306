using System.Diagnostics;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>
/// librdkafka, the native library under Confluent.Kafka: found, or built from its source the first time it is needed.
/// Whatever speaks to Kafka calls <see cref="Ensure"/> first.
/// </summary>
internal static class KafkaLibrary
{
    private static readonly Lock Gate = new();
    private static nint s_handle;

    private static string FileName => OperatingSystem.IsWindows() ? "librdkafka.dll" : OperatingSystem.IsMacOS() ? "librdkafka.dylib" : "librdkafka.so";

    /// <summary>Loads the library, if that was not done yet: the given file, or that beside the program, or that of the repository, which is built (half a minute) where it is not there yet.</summary>
    /// <param name="given">The setting <c>BF_LIBRDKAFKA</c>.</param>
    /// <returns>The loaded library's handle.</returns>
    /// <exception cref="JobException">There is none, and none could be built.</exception>
    public static nint Ensure(string? given)
    {
        lock (Gate)
        {
            return s_handle != 0 ? s_handle : s_handle = Load(Find(given));
        }
    }

    /// <summary>Where the library lies; builds it where it is not there yet.</summary>
    internal static string Find(string? given)
    {
        if (given is { Length: > 0 })
        {
            return File.Exists(given) ? Path.GetFullPath(given) : throw new JobException($"BF_LIBRDKAFKA names {given}, which is not there; name a {FileName}, or leave the setting away");
        }

        var beside = Path.Combine(AppContext.BaseDirectory, FileName);
        return File.Exists(beside) ? beside
            : Script() is { } script && !OperatingSystem.IsWindows() ? Build(script)
            : throw new JobException($"Kafka needs librdkafka, which is not there. Run the command from a clone of the repository, which builds it; or put a {FileName} (2.15) beside the program ({AppContext.BaseDirectory}); or name one by BF_LIBRDKAFKA");
    }

    private static string? Script()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var script = Path.Combine(folder, "src", "Bf.Jobs", "Streaming", "Kafka", "native", "build.sh");
            if (File.Exists(script))
            {
                return script;
            }
        }

        return null;
    }

    private static string Build(string script)
    {
        // what it has to say goes to stderr, which it shares
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", [script]) { RedirectStandardOutput = true })!;
        var path = process.StandardOutput.ReadToEnd().TrimEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? path
            : throw new JobException($"Kafka needs librdkafka, which could not be built: the lines above say why. Another way: name a {FileName} (2.15) by BF_LIBRDKAFKA");
    }

    private static nint Load(string path)
    {
        if (!NativeLibrary.TryLoad(path, out var handle))
        {
            throw new JobException($"{path} could not be loaded: is it a librdkafka for this machine, and are the libraries that it needs there? If it was built here, delete its folder, and the next command builds it again");
        }

        // Library.Load(path) asks for a libdl.so that only development packages have
        NativeLibrary.SetDllImportResolver(typeof(Library).Assembly, (name, _, _) => name == "librdkafka" ? handle : 0);
        Library.Load();
        return handle;
    }
}
