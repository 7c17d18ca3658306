namespace Bf.Core.Quality;

/// <summary>One place where a check found something.</summary>
/// <param name="Symbol">The symbol; null where it is not one symbol's.</param>
/// <param name="From">The first date, microseconds since 1970-01-01 UTC; null where there is none.</param>
/// <param name="To">The last date.</param>
/// <param name="Count">How many: bars, sessions, rows.</param>
/// <param name="What">What is there, in a few words.</param>
public sealed record Example(string? Symbol, long? From, long? To, long Count, string What);

/// <summary>What a check has found so far: sums, and the heaviest examples.</summary>
/// <param name="most">The most examples that are kept.</param>
public sealed class Evidence(int most = Evidence.UsualExamples)
{
    /// <summary>The most examples that are kept when nothing else is asked for.</summary>
    public const int UsualExamples = 5;

    private readonly List<(double Weight, Example Example)> _examples = [];
    private string? _symbol;

    /// <summary>Places found.</summary>
    public long Places { get; private set; }

    /// <summary>Symbols concerned.</summary>
    public long Symbols { get; private set; }

    /// <summary>How many were found: bars, sessions, rows.</summary>
    public long Count { get; private set; }

    /// <summary>Out of how many, where the check says so.</summary>
    public long Seen { get; private set; }

    /// <summary>Places beyond the check's line.</summary>
    public long Serious { get; private set; }

    /// <summary>The first date concerned; null where there is none.</summary>
    public long? FirstTs { get; private set; }

    /// <summary>The last date concerned.</summary>
    public long? LastTs { get; private set; }

    /// <summary>The heaviest places, heaviest first.</summary>
    public IReadOnlyList<Example> Examples => [.. _examples.Select(e => e.Example)];

    /// <summary>Notes that so many were looked at.</summary>
    public void Look(long count) => Seen += count;

    /// <summary>Adds a place; those of one symbol follow each other.</summary>
    /// <param name="example">The place.</param>
    /// <param name="weight">How much it weighs among the examples.</param>
    /// <param name="serious">Whether it lies beyond the check's line.</param>
    public void Add(Example example, double weight, bool serious = false)
    {
        ArgumentNullException.ThrowIfNull(example);
        Places++;
        Symbols += example.Symbol is not null && example.Symbol != _symbol ? 1 : 0;
        _symbol = example.Symbol;
        Count += example.Count;
        Serious += serious ? 1 : 0;
        FirstTs = FirstTs < example.From ? FirstTs : example.From ?? FirstTs;
        LastTs = LastTs > example.To ? LastTs : example.To ?? LastTs;

        var at = _examples.FindIndex(e => e.Weight < weight); // of equal ones the first stays first
        _examples.Insert(at < 0 ? _examples.Count : at, (weight, example));
        if (_examples.Count > most)
        {
            _examples.RemoveAt(most);
        }
    }
}
