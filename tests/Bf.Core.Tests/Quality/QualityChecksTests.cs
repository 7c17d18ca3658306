using Bf.Core.Quality;

namespace Bf.Core.Tests.Quality;

public sealed class QualityChecksTests
{
    [Fact]
    public void Every_check_says_what_it_is_what_it_does_to_the_signals_and_what_to_do()
    {
        Assert.Equal(QualityChecks.All.Count, QualityChecks.All.Select(c => c.Name).Distinct().Count());
        Assert.All(QualityChecks.All, c => Assert.All((string[])[c.Name, c.Title, c.LooksFor, c.Matters, c.ToDo, c.Say(new Evidence())], text => Assert.False(string.IsNullOrWhiteSpace(text))));
        Assert.All(QualityChecks.All, c => Assert.Matches("^[a-z_]+$", c.Name));
        Assert.All(QualityChecks.All, c => Assert.True(c is SymbolCheck or MarketCheck));
    }

    [Fact]
    public void Evidence_keeps_the_heaviest_examples_and_of_equal_ones_the_first()
    {
        var evidence = new Evidence();
        foreach (var (symbol, weight) in new[] { ("A", 1), ("B", 5), ("B", 3), ("C", 5), ("D", 2), ("E", 1), ("F", 9), ("G", 1) })
        {
            evidence.Add(new(symbol, weight, weight + 10, 2, symbol), weight, serious: weight > 4);
        }

        Assert.Equal(["F", "B", "C", "B", "D"], evidence.Examples.Select(e => e.Symbol));
        Assert.Equal((8L, 7L, 16L, 3L), (evidence.Places, evidence.Symbols, evidence.Count, evidence.Serious));
        Assert.Equal((1L, 19L), (evidence.FirstTs, evidence.LastTs));
    }
}
