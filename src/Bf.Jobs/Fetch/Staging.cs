using System.Globalization;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Fetch;

/// <summary>
/// A table of one run, below the lake's folder <c>_staging</c>, in which a cluster leaves what it fetched until it is committed: no table of the
/// lake, and gone when this is disposed. What a killed run left goes with a later run, a week after.
/// </summary>
internal sealed class Staging(DataLake lake, string run, int part) : IDisposable
{
    private const int LateWrites = 3;
    private const string Folder = "_staging";
    private const string RunForm = "yyyyMMdd'T'HHmmss.fff'Z'";
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly string _name = $"{Folder}/{run}-{part.ToString(CultureInfo.InvariantCulture)}";
    private bool _written;

    /// <summary>The table as a user would write its place.</summary>
    public string Place => $"{lake.Root.TrimEnd('/')}/{_name}";

    /// <summary>Makes sure that there is something to write to: Spark creates no bucket, and a store that <c>bf</c> could not commit to is refused before anyone asks for bars.</summary>
    /// <exception cref="DeltaException">The store can't be written to.</exception>
    public void Begin()
    {
        var mark = $"{_name}.begins";
        lake.Store.TryCreate(mark, []);
        lake.Store.Delete(mark);
    }

    /// <summary>The table, once it was written.</summary>
    /// <exception cref="JobException">It is not there.</exception>
    public ForeignTable Open() => lake.Store.List($"{_name}/_delta_log").Count > 0
        ? ForeignTable.Open(lake.Store, _name, lake.Clock)
        : throw new JobException($"Spark has done its part, but what it wrote to {Place} is not there: executors and this machine must see the same folder. Share it, or keep the lake in a bucket");

    /// <summary>Removes what runs left that were killed long ago.</summary>
    public static void RemoveOld(DataLake lake)
    {
        var now = lake.Clock.GetUtcNow();
        foreach (var name in lake.Store.Folders(Folder))
        {
            // a run's name begins with its time
            if (DateTimeOffset.TryParseExact(name.Split('-')[0], RunForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var began) && now - began > Grace)
            {
                Remove(lake, $"{Folder}/{name}");
            }
        }
    }

    /// <summary>Says that the statement that writes the table has ended well: nobody writes there any more.</summary>
    public void Written() => _written = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        var removed = Remove(lake, _name);
        for (var attempt = 0; removed && !_written && attempt < LateWrites; attempt++)
        {
            new Backoff(lake.Clock).Wait(Pause); // a task that was ended may still be at its last write
            removed = Remove(lake, _name);
        }
    }

    /// <summary>What can't be removed now is in nobody's way: it is told, and the run goes on.</summary>
    private static bool Remove(DataLake lake, string folder)
    {
        try
        {
            lake.Store.DeleteFolder(folder);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ServiceDownException or DeltaException)
        {
            Log.Warn($"{lake.Root.TrimEnd('/')}/{folder} could not be removed ({e.Message}); it is not needed any more");
            return false;
        }
    }
}
