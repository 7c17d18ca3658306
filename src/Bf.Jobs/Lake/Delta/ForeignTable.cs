using Bf.Jobs.Config;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Lake.Delta;

/// <summary>A Delta table of any writer and of any schema, at one version, to be read.</summary>
internal sealed class ForeignTable
{
    private ForeignTable(IObjectStore store, DeltaLog log, string name, Snapshot snapshot)
    {
        (Place, Snapshot, Schema) = (log.Place, snapshot, DeltaSchema.Of(log.Place, snapshot));
        Relation = new FileScan(store, name, Schema).Relation(snapshot.Files);
    }

    /// <summary>The table's folder.</summary>
    public string Place { get; }

    /// <summary>The table at the version asked for.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>Its columns.</summary>
    public DeltaSchema Schema { get; }

    /// <summary>Its rows as a relation of SQL, with its columns and types; texts in a relation are as they stand in the table.</summary>
    public string Relation { get; }

    /// <summary>Opens the table in a folder.</summary>
    /// <param name="place">A path, or a URL that begins with <c>file:</c> or <c>s3:</c>.</param>
    /// <param name="clock">The time.</param>
    /// <param name="version">The version; the newest when null.</param>
    /// <param name="at">The moment whose version is meant, instead of a version.</param>
    /// <param name="settings">How a bucket is reached.</param>
    /// <exception cref="DeltaException">There is no table, or it can't be read; the message says why.</exception>
    public static ForeignTable Open(string place, TimeProvider clock, long? version = null, DateTimeOffset? at = null, Settings? settings = null)
    {
        if (DataPath.IsS3Uri(place) && place.TrimEnd('/').LastIndexOf('/') is var slash && slash > place.IndexOf("://", StringComparison.Ordinal) + 2)
        {
            return Open(Stores.Open(place[..slash], settings), place.TrimEnd('/')[(slash + 1)..], clock, version, at);
        }

        var path = DataPath.IsFileUri(place)
            ? DataPath.OfFileUri(place)
            : place.Contains("://", StringComparison.Ordinal)
                ? throw new DeltaException($"{place} can't be read: this version reads tables in folders and in S3; give a path, file:///FOLDER or s3://BUCKET/TABLE")
                : place;
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.GetDirectoryName(full) is { } parent
            ? Open(new LocalStore(parent), Path.GetFileName(full), clock, version, at)
            : throw new DeltaException($"{place} is no Delta table: it has no _delta_log");
    }

    /// <summary>Opens a table of a store by its name.</summary>
    /// <exception cref="DeltaException">There is no table, or it can't be read; the message says why.</exception>
    public static ForeignTable Open(IObjectStore store, string name, TimeProvider clock, long? version = null, DateTimeOffset? at = null)
    {
        var log = new DeltaLog(store, name, clock);
        var snapshot = log.Load(at is { } moment ? log.VersionAt(moment) : version);
        return snapshot.Exists ? new(store, log, name, snapshot) : throw new DeltaException($"{log.Place} is no Delta table: it has no _delta_log");
    }
}
