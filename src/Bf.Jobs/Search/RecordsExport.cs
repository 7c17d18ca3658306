using Bf.Jobs.Lake;
using Bf.Jobs.Search.Bulk;
using Bf.Jobs.Search.Documents;

namespace Bf.Jobs.Search;

/// <summary>Sends what a lake records of the work done in it, rows of <c>runs</c> and <c>backtests</c>, as documents.</summary>
/// <param name="lake">The lake.</param>
/// <param name="index">Where to.</param>
/// <param name="cancel">Ends it.</param>
internal sealed class RecordsExport(DataLake lake, ISearchIndex index, CancellationToken cancel)
{
    /// <summary>Sends all rows of both.</summary>
    /// <inheritdoc cref="Send(SearchTable, string, TimeSpan, Action{long})"/>
    public void SendAll(TimeSpan patience)
    {
        foreach (var table in (SearchTable[])[SearchTable.Backtests, SearchTable.Runs])
        {
            Send(table, "true", patience, _ => { });
        }
    }

    /// <summary>Sends rows of one.</summary>
    /// <exception cref="JobException">Something of another's stands in the way.</exception>
    /// <exception cref="ServiceDownException">The index can't be reached.</exception>
    public long Send(SearchTable table, string where, TimeSpan patience, Action<long> progress)
    {
        index.Prepare(table);
        var source = SearchSource.Of(lake, table);
        using var writer = new BulkWriter(index, new(patience), r => Log.Warn($"Elasticsearch does not take a document of {table.Alias}: {r.Reason}"), lake.Clock, cancel);
        var sent = source.Send(writer, where, progress, cancel);
        index.Refresh(table.Alias, cancel);
        return sent.Count;
    }
}
