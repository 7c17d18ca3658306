using Bf.Core.Market;

namespace Bf.Core.Quality;

/// <summary>From when to when a symbol has bars.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="First">Its first bar, microseconds since 1970-01-01 UTC.</param>
/// <param name="Last">Its last bar.</param>
public sealed record SymbolSpan(string Symbol, long First, long Last);

/// <summary>What is known of a universe's bars as a whole.</summary>
/// <param name="Universe">The universe.</param>
/// <param name="Calendar">Its dates.</param>
/// <param name="Symbols">The symbols that have bars, by symbol.</param>
/// <param name="Quarantined">Rows in quarantine, of all imports, by rule.</param>
public sealed record MarketFacts(Universe Universe, MarketCalendar Calendar, IReadOnlyList<SymbolSpan> Symbols, IReadOnlyDictionary<string, long> Quarantined);
