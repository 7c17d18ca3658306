namespace Bf.Core.Breadth;

/// <summary>The values of a window in order, kept so as it slides.</summary>
/// <param name="most">The most values that it holds.</param>
internal sealed class SortedWindow(int most)
{
    private readonly long[] _values = new long[most];
    private int _count;

    /// <summary>The middle value; of an even number the lower of the two. There must be one.</summary>
    public long LowerMedian => _values[(_count - 1) / 2];

    /// <summary>Adds a value.</summary>
    public void Add(long value)
    {
        var at = _count++;
        for (; at > 0 && _values[at - 1] > value; at--)
        {
            _values[at] = _values[at - 1];
        }

        _values[at] = value;
    }

    /// <summary>Removes a value that was added.</summary>
    public void Remove(long value)
    {
        var at = 0;
        while (_values[at] != value)
        {
            at++;
        }

        _count--;
        for (; at < _count; at++)
        {
            _values[at] = _values[at + 1];
        }
    }
}
