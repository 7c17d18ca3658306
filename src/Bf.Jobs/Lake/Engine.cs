using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Lake;

/// <summary>The engine behind the lake's tables.</summary>
public static class Engine
{
    /// <summary>Begins to load the engine in the background; whoever needs it waits until it is there, and gets its errors.</summary>
    public static void Preload() => new Thread(Load) { IsBackground = true }.Start();

    private static void Load()
    {
        try
        {
            DuckDatabase.Load();
        }
        catch (Exception e) when (e is DuckException or DllNotFoundException or EntryPointNotFoundException or TypeInitializationException)
        {
            Log.Debug($"the engine did not load: {e.Message}"); // whoever uses it meets the same error
        }
    }
}
