namespace Bf.Core.Backtest.Strategies;

/// <summary>
/// All that strategies may watch: which signals fired when, and series by date. Never changed once made, so that many runs can share
/// one, from many threads. Strategies see it only through a <see cref="MarketView"/>.
/// </summary>
public sealed class SignalBoard
{
    private readonly Dictionary<string, bool[]> _fires = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> _series = new(StringComparer.Ordinal);

    /// <summary>A board over a calendar's dates.</summary>
    /// <param name="dates">The number of dates.</param>
    /// <param name="signals">The signals.</param>
    /// <param name="series">The series; null: none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A fire's date is not one of the calendar's.</exception>
    /// <exception cref="ArgumentException">A series has another length, or a name occurs twice.</exception>
    public SignalBoard(int dates, IEnumerable<NamedFires> signals, IEnumerable<NamedSeries>? series = null)
    {
        ArgumentNullException.ThrowIfNull(signals);
        foreach (var (name, fires) in signals)
        {
            var on = new bool[dates];
            foreach (var date in fires)
            {
                on[date >= 0 && date < dates ? date : throw new ArgumentOutOfRangeException(nameof(signals), $"{name} fires on date {date}, which is outside the calendar's {dates} dates")] = true;
            }

            _fires.Add(name, on);
        }

        foreach (var (name, values) in series ?? [])
        {
            _series.Add(name, values.Length == dates ? values : throw new ArgumentException($"{name} has {values.Length} values for {dates} dates", nameof(series)));
        }

        Dates = dates;
    }

    /// <summary>The number of dates.</summary>
    public int Dates { get; }

    /// <summary>A board of listed signals.</summary>
    internal static SignalBoard Of(int dates, IEnumerable<BuySignal> signals) =>
        new(dates, signals.GroupBy(s => s.Name, StringComparer.Ordinal).Select(g => new NamedFires(g.Key, [.. g.Select(s => s.Date)])));

    /// <summary>The names of the signals, in ordinal order.</summary>
    internal IEnumerable<string> Signals => _fires.Keys.Order(StringComparer.Ordinal);

    internal bool[] FiresOf(string signal) => _fires.TryGetValue(signal, out var fires) ? fires : throw new ArgumentException($"no signal '{signal}' was computed", nameof(signal));

    internal double[] SeriesOf(string name) => _series.TryGetValue(name, out var series) ? series : throw new ArgumentException($"no series '{name}' was computed", nameof(name));
}

/// <summary>When a signal fired.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dates">The dates, indices into the calendar, in any order.</param>
public sealed record NamedFires(string Name, IReadOnlyList<int> Dates);

/// <summary>A series by date.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">An entry a date, NaN where undefined; taken over.</param>
public sealed record NamedSeries(string Name, double[] Values);
