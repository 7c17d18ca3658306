using Bf.Core.Market;
using Bf.Sources.Exchange;
using Bf.Sources.Fetch;
using Bf.Sources.Http;

namespace Bf.Worker;

/// <summary>
/// Shares of a fetch in, what the source answered out. A line is the index of a share; its symbols are asked for side by side, and each answer
/// is handed over when it is whole.
/// </summary>
internal sealed class FetchFilter(IBarSource source, RowWriter rows, Outlet outlet)
{
    private readonly Lock _writing = new();

    /// <summary>Fetches to the end of the input.</summary>
    /// <exception cref="LineException">A line is no share.</exception>
    public static void Run(FetchSpec spec, LineReader lines, RowWriter rows, Outlet outlet)
    {
        using var http = new HttpGet(TimeProvider.System);
        var filter = new FetchFilter(spec.Source.Make(http, new FixedClock(Timestamp.ToMoment(spec.Now))), rows, outlet);
        while (lines.Next(out var line))
        {
            var fields = new Fields(line, lines.Number);
            var share = fields.Integer("share");
            fields.End();
            filter.Ask(share >= 0 && share < spec.Shares.Count ? spec.Shares[(int)share] : throw new LineException(lines.Number, $"there is no share {share}"))
                .GetAwaiter().GetResult();
        }

        rows.Flush();
    }

    private Task Ask(FetchShare share)
    {
        var patience = new Patience(share.Patience);
        return Parallel.ForEachAsync(share.Requests, new ParallelOptions { MaxDegreeOfParallelism = share.Parallel }, async (request, end) =>
        {
            if (patience.Ended is { } reason)
            {
                Write(new(request.Symbol, null, NotAsked: reason));
                return;
            }

            // nothing more is asked for until what was answered is taken: then somebody still wants it
            await outlet.Taken(end).ConfigureAwait(false);
            var outcome = await Ask(request, end).ConfigureAwait(false);
            patience.Met(outcome.Failure);
            Write(outcome);
        });
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
