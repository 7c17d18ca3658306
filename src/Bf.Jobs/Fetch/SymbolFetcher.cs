using Bf.Core.Market;
using Bf.Jobs.Telemetry;
using Bf.Sources.Fetch;

namespace Bf.Jobs.Fetch;

/// <summary>Asks a source for one symbol; where the past changed, for its whole history.</summary>
internal sealed class SymbolFetcher(IBarSource source, Interval interval)
{
    public async Task<Fetched> Fetch(SymbolPlan plan, CancellationToken cancel)
    {
        using var span = Span.IsOn ? Span.Begin($"fetch {plan.Symbol}") : null;
        try
        {
            return Fetched.Of(plan, await Ask(plan.Missing).ConfigureAwait(false))
                ?? Fetched.OfWhole(plan, await Ask(plan.Missing.WithAll(plan.Held!)).ConfigureAwait(false));
        }
        catch (SourceException e)
        {
            span?.Failed(e);
            return new(plan, null, Failure: e);
        }

        Task<SourceAnswer> Ask(Missing range) => source.Fetch(new(plan.Symbol, range.From, range.To, interval), cancel);
    }
}
