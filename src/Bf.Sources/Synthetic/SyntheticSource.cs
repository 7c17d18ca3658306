using System.Globalization;
using Bf.Sources.Fetch;

namespace Bf.Sources.Synthetic;

/// <summary>A synthetic market as a source: no network, the same bars on any machine.</summary>
internal sealed class SyntheticSource(SyntheticMarket market) : IBarSource
{
    /// <summary>The option that gives tickers.</summary>
    public const string Named = "--names";

    public static SourceInfo Info { get; } = new(
        "synthetic",
        "a made-up market of any size, the same on any machine: --count 5000 --years 20 --seed 1, to try things at scale; it tells the thrusts planted in it",
        "nothing",
        context => new SyntheticSource(Make(context)))
    {
        Intervals = ["1d", "5m"],
        OwnSymbols = true,
        Options =
        [
            new("--count", "N", "symbols that are ever listed (500)"),
            new("--years", "N", "years before 2025 (10); the market ends with 2024, or on --end-date"),
            new("--seed", "N", "what chance begins with (1)"),
            new(Named, "LIST", "tickers in place of invented ones, which --symbols and --symbol-list give too: A,B,C"),
        ],
    };

    public IReadOnlyList<string> Symbols { get; } = [.. market.Symbols.Select(s => s.Ticker)];

    public IReadOnlyList<PlantedThrust> Planted => market.Thrusts;

    public IReadOnlyList<string> Remarks
    {
        get
        {
            var fates = market.Symbols.ToLookup(s => s.Fate);
            string[] named = market.Settings.Names is null ? [] : ["these bars are made up: only the tickers are those that were named"];
            return [.. named, string.Create(CultureInfo.InvariantCulture, $"a market of {market.Symbols.Count} symbols from {market.Sessions[0]:yyyy-MM-dd} to {market.Sessions[^1]:yyyy-MM-dd}, seed {market.Settings.Seed}: ")
                + string.Create(CultureInfo.InvariantCulture, $"{market.Symbols.Count(s => s.Listed > market.Sessions[0])} were listed later, {fates[Fate.Fails].Count()} failed, {fates[Fate.IsAcquired].Count()} were acquired")];
        }
    }

    public Task<SourceAnswer> Fetch(SourceRequest request, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return market.Find(request.Symbol) is null
            ? throw new SourceException(SourceFailure.NotFound, $"the market of seed {market.Settings.Seed} has no symbol {request.Symbol}")
            : Task.FromResult(new SourceAnswer(
                [.. market.Bars(request.Symbol, request.Interval).Where(b => request.Wants(b.Ts)).Select((b, i) => new BarReading(b, i + 1, null, null))]));
    }

    private static SyntheticMarket Make(SourceContext context)
    {
        string[]? names = context.Option(Named)?.ToUpperInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (names is not null && context.Option("--count") is not null)
        {
            throw new FormatException("--count says how many symbols are invented; leave it out where they are named");
        }

        var settings = new SyntheticSettings(names?.Length ?? (int)Number("--count", 500, int.MaxValue), (int)Number("--years", 10, int.MaxValue), Number("--seed", 1, long.MaxValue));
        return SyntheticMarket.Create(settings with { Names = names, End = context.End ?? settings.End });

        long Number(string option, long otherwise, long most) => context.Option(option) is not { } text ? otherwise
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Math.Abs((decimal)number) <= most ? number
            : throw new FormatException($"{option} {text}: write a whole number");
    }
}
