using System.Diagnostics.Metrics;

namespace Bf.Jobs.Streaming;

/// <summary>What a member of a stream has done so far, as figures that are shown live and given to whoever listens to the meter <c>Bf.Stream</c>.</summary>
public sealed class StreamFigures : IDisposable
{
    private readonly Meter _meter = new("Bf.Stream");
    private readonly Counter<long> _bars;
    private readonly Counter<long> _late;
    private readonly Counter<long> _bad;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _corrections;

    /// <summary>Figures of a topic.</summary>
    public StreamFigures(string topic)
    {
        var tag = new KeyValuePair<string, object?>("messaging.destination.name", topic);
        _bars = _meter.CreateCounter<long>("bf.stream.bars", "{bar}", "bars counted", [tag]);
        _late = _meter.CreateCounter<long>("bf.stream.late", "{bar}", "bars that came too late and went to quarantine", [tag]);
        _bad = _meter.CreateCounter<long>("bf.stream.bad", "{message}", "messages that are no bars and went to quarantine", [tag]);
        _duplicates = _meter.CreateCounter<long>("bf.stream.duplicates", "{bar}", "bars that were counted already", [tag]);
        _corrections = _meter.CreateCounter<long>("bf.stream.corrections", "{bar}", "bars that changed what was counted already", [tag]);
        _meter.CreateObservableGauge("bf.stream.lag", () => Lag, "{message}", "messages still to be read", [tag]);
        _meter.CreateObservableGauge("bf.stream.watermark", () => Watermark == long.MinValue ? 0 : Watermark / 1e6, "s", "all times before it are final, seconds since 1970", [tag]);
        _meter.CreateObservableGauge("bf.stream.partitions", () => Partitions, "{partition}", "partitions that this member reads", [tag]);
        _meter.CreateObservableCounter("bf.stream.rows", () => Rows, "{row}", "rows of breadth given out", [tag]);
    }

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
        _bars.Add(bars);
        _late.Add(late);
        _bad.Add(bad);
        _duplicates.Add(duplicates);
        _corrections.Add(corrections);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
