using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Infra.Native;

/// <summary>The folder of the native services: <c>data/</c>, <c>logs/</c>, <c>conf/</c> and <c>run/</c> (process numbers), with a mark that bf made it.</summary>
internal sealed class NativeHome(string folder)
{
    private const string MarkFile = ".bf-infra";
    private const int Locked = 11, ReadOnly = 30; // EAGAIN, EROFS of Linux
    private static readonly string[] Parts = ["data", "logs", "conf", "run"];

    public string Folder => folder;

    public string Data(string service) => Path.Combine(folder, "data", service);

    public string Log(string service) => Path.Combine(folder, "logs", service + ".log");

    public string Logs(string service) => Path.Combine(folder, "logs", service);

    public string Conf(string file) => Path.Combine(folder, "conf", file);

    public string Pid(string service) => Path.Combine(folder, "run", service + ".pid");

    /// <summary>Makes the folder.</summary>
    /// <exception cref="JobException">There is one with files of somebody else, which a later <c>stop --volumes</c> must not meet.</exception>
    public void Make()
    {
        var mark = Path.Combine(folder, MarkFile);
        if (Directory.Exists(folder) && !File.Exists(mark) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new JobException($"BF_INFRA_HOME: {folder} has files that are not bf's; name a new or an empty folder");
        }

        try
        {
            foreach (var part in Parts)
            {
                Directory.CreateDirectory(Path.Combine(folder, part));
            }

            if (!File.Exists(mark))
            {
                File.WriteAllText(mark, "Made by bf infra start: data, logs and process numbers of the services. bf infra stop --volumes deletes what is here.\n");
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException && e.HResult == ReadOnly))
        {
            throw new JobException($"BF_INFRA_HOME: {folder} can't be written to; name another folder");
        }
    }

    /// <summary>Keeps others out until disposed; waits for whoever is in.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="tell">Is told if somebody is.</param>
    /// <param name="cancel">Ends the wait.</param>
    public IDisposable Lock(TimeProvider clock, Action<string> tell, CancellationToken cancel)
    {
        var backoff = new Backoff(clock);
        var file = Path.Combine(folder, "run", "lock");
        var told = false;
        while (true)
        {
            Make();
            try
            {
                var taken = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                if (File.Exists(file))
                {
                    return taken;
                }

                taken.Dispose(); // whoever had it deleted the folder, and the lock with it
            }
            catch (DirectoryNotFoundException)
            {
                // it is being deleted
            }
            catch (IOException e) when (e.HResult == Locked)
            {
                if (!told)
                {
                    told = true;
                    tell("another bf infra start or stop is under way; waiting for its end");
                }

                backoff.Wait(TimeSpan.FromMilliseconds(100), cancel);
            }
        }
    }

    /// <summary>Whether bf made it.</summary>
    public bool IsOurs => File.Exists(Path.Combine(folder, MarkFile));

    /// <summary>Deletes what bf made here, and the folder if nothing else is in it; whoever calls holds the lock.</summary>
    public void Remove()
    {
        foreach (var part in Parts.Select(p => Path.Combine(folder, p)).Where(Directory.Exists))
        {
            if (new DirectoryInfo(part).LinkTarget is null)
            {
                Directory.Delete(part, recursive: true);
            }
        }

        File.Delete(Path.Combine(folder, MarkFile));
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    /// <summary>Writes a small file so that a reader sees all of it or none.</summary>
    public static void Write(string path, string text)
    {
        var half = $"{path}.{Environment.ProcessId}";
        File.WriteAllText(half, text);
        Durable.Rename(half, path);
    }
}
