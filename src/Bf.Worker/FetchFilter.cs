using Bf.Core.Market;
using Bf.Sources.Exchange;
using Bf.Sources.Fetch;
using Bf.Sources.Http;

namespace Bf.Worker;

/// <summary>
/// Leave to ask in, what the source answered out. Each line names a share, and lets one more of its symbols be asked for; each answer is handed
/// over when it is whole. Spark ends a worker whose task it has ended only when it would give it the next line, so a line is read when it is needed.
/// </summary>
internal sealed class FetchFilter(IBarSource source, RowWriter rows)
{
    private readonly Lock _writing = new();
    private readonly List<Task> _underWay = [];

    /// <summary>Fetches to the end of the input.</summary>
    /// <exception cref="LineException">A line is no share, or there are more or fewer than symbols.</exception>
    public static void Run(FetchSpec spec, LineReader lines, RowWriter rows)
    {
        using var http = new HttpGet(TimeProvider.System);
        var filter = new FetchFilter(spec.Source.Make(http, new FixedClock(Timestamp.ToMoment(spec.Now))), rows);
        var shares = new Dictionary<int, (Patience Patience, int Asked)>();
        while (lines.Next(out var line))
        {
            var fields = new Fields(line, lines.Number);
            var number = fields.Integer("share");
            fields.Next("leave");
            fields.End();
            var share = number >= 0 && number < spec.Shares.Count ? spec.Shares[(int)number] : throw new LineException(lines.Number, $"there is no share {number}");
            var (patience, asked) = shares.TryGetValue((int)number, out var begun) ? begun : (new(share.Patience), 0);
            shares[(int)number] = (patience, asked + 1);
            filter.Ask(asked < share.Requests.Count ? share.Requests[asked] : throw new LineException(lines.Number, $"share {number} has no more symbols"), patience, share.Parallel);
        }

        filter.WaitFor(0);
        if (shares.Any(s => s.Value.Asked < spec.Shares[s.Key].Requests.Count))
        {
            throw new LineException(lines.Number, "no line comes after it, but not all symbols were asked for");
        }

        rows.Flush();
    }

    /// <summary>Asks for a symbol, as soon as no more than allowed are under way.</summary>
    private void Ask(SourceRequest request, Patience patience, int parallel)
    {
        WaitFor(parallel - 1);
        _underWay.Add(patience.Ended is { } reason ? Task.Run(() => Write(new(request.Symbol, null, NotAsked: reason))) : Task.Run(async () =>
        {
            var outcome = await Ask(request, CancellationToken.None).ConfigureAwait(false);
            patience.Met(outcome.Failure);
            Write(outcome);
        }));
    }

    private void WaitFor(int most)
    {
        while (_underWay.Count > most)
        {
            var ended = Task.WhenAny(_underWay).GetAwaiter().GetResult();
            _underWay.Remove(ended);
            ended.GetAwaiter().GetResult();
        }
    }

    private async Task<FetchOutcome> Ask(SourceRequest request, CancellationToken end)
    {
        try
        {
            return new(request.Symbol, await source.Fetch(request, end).ConfigureAwait(false));
        }
        catch (SourceException e)
        {
            return new(request.Symbol, null, e);
        }
    }

    /// <summary>Hands an answer over at once.</summary>
    private void Write(FetchOutcome outcome)
    {
        lock (_writing)
        {
            foreach (var row in outcome.ToRows())
            {
                Write(row);
            }

            rows.Flush();
        }
    }

    private void Write(in FetchRow row)
    {
        rows.Text(row.Kind);
        rows.Text(row.Symbol);
        rows.Number(row.Seq);
        rows.Number(row.Line);
        rows.Number(row.Bar?.Ts);
        rows.Price(row.Bar?.Open);
        rows.Price(row.Bar?.High);
        rows.Price(row.Bar?.Low);
        rows.Price(row.Bar?.Close);
        rows.Price(row.Bar?.AdjClose);
        rows.Number(row.Bar?.Volume);
        rows.Number(row.Flags);
        rows.Text(row.Rule);
        rows.Text(FetchRow.Encode(row.Text));
        rows.Number(row.Gaps);
        rows.Number(row.Unfinished);
        rows.Number(row.AskAgain);
        rows.Number(row.Digest);
        rows.End();
    }

    /// <summary>The moment at which bf began: what is finished then is, whatever an executor's clock says.</summary>
    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
