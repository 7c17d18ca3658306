using Bf.Core.Market;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Lake;

/// <summary>A lake: the tables in one folder or bucket.</summary>
public sealed class DataLake
{
    private readonly Author? _author;

    private DataLake(IObjectStore store, TimeProvider clock, Author? author = null) => (Store, Clock, _author) = (store, clock, author);

    /// <summary>The lake's root as a user would write it.</summary>
    public string Root => Store.Root;

    /// <summary>Where the files lie.</summary>
    internal IObjectStore Store { get; }

    /// <summary>The time.</summary>
    internal TimeProvider Clock { get; }

    /// <summary>Opens a lake; nothing is created until something is written.</summary>
    /// <param name="root">A folder.</param>
    /// <param name="clock">The time; the system's when null.</param>
    /// <exception cref="DeltaException">The root is of a kind that is not supported.</exception>
    public static DataLake Open(string root, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        return root.Contains("://", StringComparison.Ordinal)
            ? throw new DeltaException($"the lake {root} can't be opened: this version keeps lakes in folders")
            : new(new LocalStore(root), clock ?? TimeProvider.System);
    }

    /// <summary>The same lake; commits to its tables say who made them.</summary>
    internal DataLake By(Author author) => new(Store, Clock, author);

    /// <summary>A table.</summary>
    internal DeltaTable Table(TableSchema schema) => new(Store, schema, Clock, _author);

    /// <summary>The bars of an interval.</summary>
    internal DeltaTable Bars(Interval interval) => Table(Tables.Bars(interval));

    /// <summary>What a universe's breadth is made from: bars, or imported counts.</summary>
    internal DeltaTable Source(Universe universe, Interval interval) => universe.IsCounts ? Table(Tables.Counts) : Bars(interval);
}
