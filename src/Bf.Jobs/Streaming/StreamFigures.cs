using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Streaming;

/// <summary>What a member of a stream has done so far, as figures that are shown live and given out as metrics.</summary>
public sealed class StreamFigures(string topic)
{
    private long _givenRows;

    /// <summary>Bars counted.</summary>
    public long Bars { get; private set; }

    /// <summary>Bars that came too late.</summary>
    public long Late { get; private set; }

    /// <summary>Messages that are no bars.</summary>
    public long Bad { get; private set; }

    /// <summary>Bars that were counted already.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Bars that changed what was counted already.</summary>
    public long Corrections { get; private set; }

    /// <summary>Bars of symbols that belong to no universe.</summary>
    public long Foreign { get; set; }

    /// <summary>Messages still to be read.</summary>
    public long Lag { get; set; }

    /// <summary>All times before it are final.</summary>
    public long Watermark { get; set; } = long.MinValue;

    /// <summary>Partitions that this member reads.</summary>
    public int Partitions { get; set; }

    /// <summary>Rows of breadth given out.</summary>
    public long Rows { get; set; }

    /// <summary>Whether this member adds up what all say.</summary>
    public bool Combines { get; set; }

    /// <summary>Adds what came since the last call.</summary>
    public void Add(long bars, long late, long bad, long duplicates, long corrections)
    {
        Bars += bars;
        Late += late;
        Bad += bad;
        Duplicates += duplicates;
        Corrections += corrections;
        if (Meters.IsOn)
        {
            Count(Instruments.StreamBars, bars);
            Count(Instruments.StreamLate, late);
            Count(Instruments.StreamBad, bad);
            Count(Instruments.StreamDuplicates, duplicates);
            Count(Instruments.StreamCorrections, corrections);
        }
    }

    /// <summary>Gives out what is true now.</summary>
    public void Tell()
    {
        if (!Meters.IsOn)
        {
            return;
        }

        Instruments.StreamLag.Record(Lag, topic);
        Instruments.StreamPartitions.Record(Partitions, topic);
        if (Combines && Watermark != long.MinValue)
        {
            Instruments.StreamWatermark.Record(Watermark / 1e6, topic);
        }

        Count(Instruments.StreamRows, Rows - _givenRows);
        _givenRows = Math.Max(_givenRows, Rows);
    }

    // also what did not come about: a rate needs a beginning
    private void Count(Metric metric, long count) => metric.Record(Math.Max(0, count), topic);
}
