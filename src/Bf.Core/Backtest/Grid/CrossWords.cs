namespace Bf.Core.Backtest.Grid;

/// <summary>
/// On which bars the fast average is above the slow one, a bit a bar, for many pairs. Computed 64 bars at a time: the means of all lengths
/// on them stay in the nearest cache, whatever the number of bars. Words may be computed side by side.
/// </summary>
internal sealed class CrossWords
{
    private readonly MovingAverages _averages;
    private readonly SmaPair[] _pairs;
    private readonly int _first;
    private readonly int _count;
    private readonly int[] _lengths;
    private readonly int[] _place;
    private readonly ulong[] _above;
    private readonly bool[] _tied;

    public CrossWords(MovingAverages averages, SmaPair[] pairs, int first, int count, int longest, int bars)
    {
        (_averages, _pairs, _first, _count, Words) = (averages, pairs, first, count, (bars + 63) / 64);
        _place = new int[longest + 1];
        _lengths = Lengths();
        _above = new ulong[count * Words];
        _tied = new bool[count * Words];
    }

    /// <summary>Words a pair.</summary>
    public int Words { get; }

    /// <summary>Room for <see cref="Fill"/> to work in, one for each thread.</summary>
    public double[] Room() => new double[_lengths.Length * 64];

    /// <summary>Computes a word of each pair.</summary>
    public void Fill(int word, double[] room)
    {
        for (var i = 0; i < _lengths.Length; i++)
        {
            _averages.Means(_lengths[i], word * 64, room, i * 64);
        }

        for (int i = 0, at = word; i < _count; i++, at += Words)
        {
            var pair = _pairs[_first + i];
            if (pair.Slow <= (word + 1) * 64)
            {
                _above[at] = CrossScan.Above(ref room[_place[pair.Fast]], ref room[_place[pair.Slow]], out _tied[at]);
            }
        }
    }

    /// <summary>The bars of a word on which fast is above; where the averages are equal, a bar is as the one before it.</summary>
    /// <param name="index">The pair, from the first of these.</param>
    /// <param name="word">The word; both averages must be defined on its last bar, if it has one.</param>
    /// <param name="valid">The bars that count; where <paramref name="before"/> is needed, bars before them are as it.</param>
    /// <param name="before">1 when fast was above on the bar before the word, else 0.</param>
    public ulong Above(int index, int word, ulong valid, ulong before)
    {
        var at = (index * Words) + word;
        return !_tied[at] && _averages.AreMeansOrdered ? _above[at] : CrossScan.AboveExactly(_averages, _pairs[_first + index], word * 64, valid, before);
    }

    private int[] Lengths()
    {
        var count = 0;
        for (var i = _first; i < _first + _count; i++)
        {
            _place[_pairs[i].Fast] = 1;
            _place[_pairs[i].Slow] = 1;
        }

        foreach (var used in _place)
        {
            count += used;
        }

        var lengths = new int[count];
        count = 0;
        for (var length = 0; length < _place.Length; length++)
        {
            if (_place[length] != 0)
            {
                _place[length] = count * 64;
                lengths[count++] = length;
            }
        }

        return lengths;
    }
}
