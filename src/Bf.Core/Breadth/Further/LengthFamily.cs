using Bf.Core.Breadth.Indicators;
using System.Globalization;

namespace Bf.Core.Breadth.Further;

/// <summary>A family whose indicators differ in their length alone.</summary>
internal abstract class LengthFamily : FurtherFamily
{
    private const int Least = 2;
    private const int Most = 1000;

    private FurtherIndicator[]? _standard;

    public sealed override string Name => Names[0];

    public sealed override IReadOnlyList<IndicatorParameter> Parameters => [new("N", Lengths[0], Least, Most, "bars of a symbol, the present one among them")];

    public sealed override IReadOnlyList<FurtherIndicator> Standard => _standard ??= OfLengths();

    /// <summary>What an indicator may be called: its name and its counts', with N for the length.</summary>
    protected abstract string[] Names { get; }

    /// <summary>The lengths of the standard indicators, ascending.</summary>
    protected abstract int[] Lengths { get; }

    /// <summary>Whether a length is not taken because every run has its columns under other names.</summary>
    protected virtual bool IsUsual(int length) => false;

    /// <summary>The indicator of a length.</summary>
    protected abstract FurtherIndicator Of(int n);

    internal sealed override FurtherIndicator? Find(string name)
    {
        foreach (var pattern in Names)
        {
            if (Length(name, pattern) is { } n && !IsUsual(n))
            {
                return OfLength(n) ?? throw new ArgumentException($"{name}: its length is {n}, and lengths are from {Least} to {Most}");
            }
        }

        return null;
    }

    internal sealed override FurtherIndicator? OfLength(int length) =>
        length is < Least or > Most || IsUsual(length) ? null : Standard.FirstOrDefault(i => i.Length == length) ?? Of(length);

    // a loop: a generic method over numbers would be compiled at each start
    private FurtherIndicator[] OfLengths()
    {
        var lengths = Lengths;
        var standard = new FurtherIndicator[lengths.Length];
        for (var i = 0; i < lengths.Length; i++)
        {
            standard[i] = Of(lengths[i]);
        }

        return standard;
    }

    /// <summary>The number that stands in a name where its pattern has N; null when the name is another.</summary>
    private static int? Length(string name, string pattern)
    {
        var at = pattern.IndexOf('N', StringComparison.Ordinal);
        var before = pattern.AsSpan(0, at);
        var after = pattern.AsSpan(at + 1);
        if (name.Length < pattern.Length || !name.AsSpan().StartsWith(before) || !name.AsSpan().EndsWith(after))
        {
            return null;
        }

        var digits = name.AsSpan(at, name.Length - before.Length - after.Length);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
    }
}
