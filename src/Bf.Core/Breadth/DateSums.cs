namespace Bf.Core.Breadth;

/// <summary>What an engine adds to, by date: words of flags, sums of volumes and of returns.</summary>
internal sealed class DateSums(KernelCalendar calendar)
{
    public long[] Flags { get; private set; } = [];

    public long[] UpVol { get; private set; } = [];

    public long[] DownVol { get; private set; } = [];

    public long[] UnchVol { get; private set; } = [];

    public long[] Returns { get; private set; } = [];

    /// <summary>What to throw when a sum does not fit.</summary>
    public OverflowException Overflow(int date) =>
        new($"the volumes of {DateTime.UnixEpoch.AddMicroseconds(calendar[date]):yyyy-MM-dd HH:mm:ss} do not fit 64 bits");

    /// <summary>Moves every date's sums to the date's new index.</summary>
    public void Spread(int[] moved, int count)
    {
        Flags = Spread(Flags, moved, count);
        UpVol = Spread(UpVol, moved, count);
        DownVol = Spread(DownVol, moved, count);
        UnchVol = Spread(UnchVol, moved, count);
        Returns = Spread(Returns, moved, count);
    }

    /// <summary>A copy of <paramref name="values"/> with each entry at its new index.</summary>
    public static long[] Spread(long[] values, int[] moved, int count)
    {
        var spread = new long[count];
        for (var i = 0; i < moved.Length; i++)
        {
            spread[moved[i]] = values[i];
        }

        return spread;
    }
}
