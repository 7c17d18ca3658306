using Bf.Core.Market;
using Bf.Jobs.Config;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Lake;

/// <summary>A lake: the tables in one folder or bucket.</summary>
public sealed class DataLake
{
    private readonly Author? _author;

    private readonly Settings? _settings;

    private DataLake(IObjectStore store, TimeProvider clock, Settings? settings, Author? author = null) => (Store, Clock, _settings, _author) = (store, clock, settings, author);

    /// <summary>The lake's root as a user would write it.</summary>
    public string Root => Store.Root;

    /// <summary>Where the files lie.</summary>
    internal IObjectStore Store { get; }

    /// <summary>The time.</summary>
    internal TimeProvider Clock { get; }

    /// <summary>Opens a lake; nothing is created until something is written.</summary>
    /// <param name="root">A folder, or a bucket and a folder in it: <c>s3://bucket/lake</c>.</param>
    /// <param name="clock">The time; the system's when null.</param>
    /// <param name="settings">How a bucket is reached; needed for none in a folder.</param>
    /// <exception cref="DeltaException">The root is of a kind that is not supported.</exception>
    /// <exception cref="JobException">It is a bucket, and a setting is missing.</exception>
    public static DataLake Open(string root, TimeProvider? clock = null, Settings? settings = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        return new(Stores.Open(root, settings), clock ?? TimeProvider.System, settings);
    }

    /// <summary>A lake in a store.</summary>
    internal static DataLake Of(IObjectStore store, TimeProvider? clock = null) => new(store, clock ?? TimeProvider.System, null);

    /// <summary>Another lake, reached with the same settings.</summary>
    /// <exception cref="DeltaException">The root is of a kind that is not supported.</exception>
    public DataLake Other(string root) => Open(root, Clock, _settings);

    /// <summary>A Delta table anywhere: a folder, a <c>file:</c> URL, or <c>s3://bucket/table</c>.</summary>
    internal ForeignTable Foreign(string place, long? version = null, DateTimeOffset? at = null) => ForeignTable.Open(place, Clock, version, at, _settings);

    /// <summary>The same lake; commits to its tables say who made them.</summary>
    internal DataLake By(Author author) => new(Store, Clock, _settings, author);

    /// <summary>A table.</summary>
    internal DeltaTable Table(TableSchema schema) => new(Store, schema, Clock, _author);

    /// <summary>The bars of an interval.</summary>
    internal DeltaTable Bars(Interval interval) => Table(Tables.Bars(interval));

    /// <summary>What a universe's breadth is made from: bars, or imported counts.</summary>
    internal DeltaTable Source(Universe universe, Interval interval) => universe.IsCounts ? Table(Tables.Counts) : Bars(interval);
}
