using Bf.Core.Market;
using Bf.Jobs.Import;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Runs;

namespace Bf.Jobs.Fetch;

/// <summary>The answers that are committed together: a fetch that is killed loses one batch, and asks for it again when it is run again.</summary>
internal sealed class FetchBatch(DataLake lake, FetchRequest request) : IDisposable
{
    private const int MostSymbols = 250;
    private const int MostRows = 1_000_000;
    private readonly List<Fetched> _answers = [];
    private readonly BarStage _stage = new(DuckDatabase.Connect(), Timestamp.Of(lake.Clock.GetUtcNow()));

    /// <summary>Whether it is time to commit.</summary>
    public bool IsFull => _answers.Count >= MostSymbols || _stage.Rows >= MostRows;

    /// <summary>Takes an answer.</summary>
    public void Add(Fetched fetched)
    {
        _answers.Add(fetched);
        _stage.Begin($"{request.Source}/{fetched.Plan.Symbol}");
        foreach (var row in fetched.Answer!.Rows)
        {
            _stage.Add(row);
        }
    }

    /// <summary>Commits the bars first, then what was asked for: what is noted as asked for is always there.</summary>
    /// <returns>What became of each symbol, and of the rows that broke a rule.</returns>
    public (IReadOnlyList<SymbolFetch> Symbols, IReadOnlyDictionary<string, long> Quarantined) Commit(FetchStore store, JobRun run)
    {
        _stage.Complete();
        var (quarantined, _) = StageCommit.Run(lake, request.Interval, _stage, request.Source, run, linesMove: true);
        var counts = Table("SELECT symbol, count(*) FILTER (NOT known), count(*) FILTER (known) FROM diff GROUP BY symbol");
        var spans = Table("SELECT symbol, epoch_us(min(ts)), epoch_us(max(ts)) FROM stage GROUP BY symbol");
        var broken = Table("SELECT file::VARCHAR, count(*), 0::BIGINT FROM broken GROUP BY file");
        var symbols = new List<SymbolFetch>();
        var asked = new List<(string, Asked)>();
        foreach (var (i, fetched) in _answers.Index())
        {
            var (symbol, answer) = (fetched.Plan.Symbol, fetched.Answer!);
            var (added, changed) = counts.GetValueOrDefault(symbol);
            symbols.Add(new(symbol, FetchState.Fetched)
            {
                Added = added, Changed = changed, Gaps = answer.Gaps, Unfinished = answer.Unfinished, Readjusted = fetched.Readjusted, Reason = answer.Note,
                Quarantined = broken.GetValueOrDefault(i.ToString(System.Globalization.CultureInfo.InvariantCulture)).A,
            });
            var span = spans.TryGetValue(symbol, out var s) ? s : (A: long.MaxValue, B: long.MinValue);
            var now = Now(fetched, added, span.A, span.B);
            if (now is not null && now != fetched.Plan.Asked)
            {
                asked.Add((symbol, now));
            }
        }

        store.Write(asked, run.Id);
        return (symbols, quarantined);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stage.Dispose();
        _stage.Connection.Dispose();
    }

    private Asked? Now(Fetched fetched, long added, long firstStaged, long lastStaged)
    {
        var (held, before) = (fetched.Plan.Held, fetched.Plan.Asked);
        var first = Math.Min(held?.FirstTs ?? long.MaxValue, firstStaged);
        var last = Math.Max(held?.LastTs ?? long.MinValue, lastStaged);
        // a day that ended less than a day ago may still be waited for: only its bar shows that it is there
        var ended = Timestamp.Of(DateOnly.FromDateTime(lake.Clock.GetUtcNow().UtcDateTime).AddDays(-1));
        var to = Math.Max(Math.Min(fetched.Plan.Missing.To, ended), Math.Max(before?.To ?? long.MinValue, last == long.MinValue ? last : last + 1));
        var from = Math.Min(Math.Min(before?.From ?? long.MaxValue, request.From ?? long.MaxValue), first);
        return from == long.MaxValue ? null // a symbol whose first session still runs
            : new(from, to, fetched.Plan.ToPresent ? fetched.Answer!.AskAgain ?? 0 : before?.Next ?? 0, (held?.Bars ?? 0) + added);
    }

    private Dictionary<string, (long A, long B)> Table(string sql)
    {
        var table = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        using var rows = _stage.Connection.Query(sql);
        while (rows.Next())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                table[rows.Text(0, i)] = (rows.Column<long>(1)[i], rows.Column<long>(2)[i]);
            }
        }

        return table;
    }
}
