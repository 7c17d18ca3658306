namespace Bf.Core.Breadth.Further;

/// <summary>The catalogue of indicators that are computed only where they were asked for.</summary>
public static class FurtherIndicators
{
    /// <summary>The name that stands for all standard indicators.</summary>
    public const string AllName = "all";

    /// <summary>Every family once, in the order in which they are shown.</summary>
    public static IReadOnlyList<FurtherFamily> Families { get; } =
        [new PercentAboveSma(), new PercentAboveEma(), new PercentAboveBoth(), new NewHighsLows(), new NewHighsLowsOfBars(), new PointsMoved()];

    /// <summary>The indicators that <c>all</c> stands for; their columns have a place in the table <c>breadth</c> whether asked for or not.</summary>
    public static IReadOnlyList<FurtherIndicator> Standard { get; } = [.. Families.SelectMany(f => f.Standard)];

    /// <summary>The indicator that has a column of this name, of any length; or null. Case does not matter.</summary>
    /// <exception cref="ArgumentException">The length is not taken.</exception>
    public static FurtherIndicator? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var lower = name.ToLowerInvariant();
        return Families.Select(f => f.Find(lower)).FirstOrDefault(i => i is not null);
    }

    /// <summary>The place of a family in the catalogue.</summary>
    internal static int Rank(FurtherFamily family) => Families.TakeWhile(f => f != family).Count();

    /// <summary>What to say of a name that is not known.</summary>
    internal static string Unknown(string name)
    {
        var near = NearNames.Of(name.ToLowerInvariant(), Candidates(name));
        return near.Count > 0
            ? $"no indicator '{name}'. Did you mean {string.Join(" or ", near)}?"
            : $"no indicator '{name}'. There are {string.Join(", ", Families.Select(f => f.Name))} (with N a number of bars), and {AllName}";
    }

    /// <summary>Names that may be meant: the standard ones, those every run has, and each family's of the length that the name has.</summary>
    private static IEnumerable<string> Candidates(string name)
    {
        var digits = string.Concat(name.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit));
        var ofLength = int.TryParse(digits, out var n) ? Families.Select(f => f.OfLength(n)?.Name).OfType<string>() : [];
        return ofLength.Concat(Standard.Select(i => i.Name)).Append(AllName).Concat(BreadthColumns.All.Select(c => c.Name)).Distinct();
    }
}
