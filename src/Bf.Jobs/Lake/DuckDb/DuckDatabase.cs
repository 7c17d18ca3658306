namespace Bf.Jobs.Lake.DuckDb;

/// <summary>
/// The one in-memory DuckDB database of the process: the engine that reads and writes Parquet and answers SQL.
/// It is loaded when first used (about 25 ms), so that commands without data do not pay for it.
/// </summary>
internal sealed class DuckDatabase
{
    private static readonly Lazy<DuckDatabase> Shared = new(() => new DuckDatabase());
    private readonly nint _handle;

    private DuckDatabase()
    {
        Native.CreateConfig(out var config);
        Set("threads", Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Set("autoinstall_known_extensions", "false");
        Set("autoload_known_extensions", "false");
        var spill = Path.Combine(Path.GetTempPath(), $"bf-{Environment.ProcessId}");
        Set("temp_directory", spill);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(spill);
        var state = Native.OpenExt(null, out _handle, config, out var error);
        Native.DestroyConfig(ref config);
        if (state != 0)
        {
            unsafe
            {
                throw new DuckException(Native.Text((byte*)error));
            }
        }

        // known only once ICU is loaded, and then for all connections; both would else be those of the user's locale
        using var first = Connect(_handle);
        first.Execute("SET GLOBAL TimeZone = 'UTC'; SET GLOBAL Calendar = 'gregorian'");

        void Set(string name, string value) => Native.SetConfig(config, name, value);
    }

    /// <summary>What was spilled to disk goes with the process; the database itself is never closed, which would take time for nothing.</summary>
    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Loads the library and opens the database, if that was not done yet.</summary>
    public static void Load() => _ = Shared.Value;

    /// <summary>A new connection to the process's database. A connection serves one thread at a time.</summary>
    /// <param name="ends">Ends its statements.</param>
    public static DuckConnection Connect(CancellationToken ends = default) => Connect(Shared.Value._handle, ends);

    /// <summary>Does work whose threads each run statements of their own: DuckDB adds none to them meanwhile.</summary>
    public static void OnOwnThreads(Action work)
    {
        UseThreads(1);
        try
        {
            work();
        }
        finally
        {
            UseThreads(Environment.ProcessorCount);
        }
    }

    private static void UseThreads(int threads)
    {
        using var connection = Connect();
        connection.Execute($"SET threads = {threads}");
    }

    private static DuckConnection Connect(nint database, CancellationToken ends = default)
    {
        Native.Connect(database, out var connection);
        return new DuckConnection(connection, ends);
    }
}
