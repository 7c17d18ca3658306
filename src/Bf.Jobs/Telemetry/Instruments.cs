namespace Bf.Jobs.Telemetry;

/// <summary>
/// All metrics that bf gives out, as data: the page of the docs is made from it, and dashboards and alerts are held against it. Names and attributes
/// are OpenTelemetry's semantic conventions' where those have one.
/// </summary>
public static class Instruments
{
    /// <summary>The program itself.</summary>
    public static readonly Metric TargetInfo = new(MetricKind.Gauge, "target.info", "", "always 1: the program and its version; only in Prometheus' format", "service.name", "service.version");

    /// <summary>How long a command's run took.</summary>
    public static readonly Metric RunDuration = new(MetricKind.Histogram, "bf.run.duration", "s", "how long a run took", "bf.command", "bf.outcome");

    /// <summary>Rows that runs wrote.</summary>
    public static readonly Metric RunRows = new(MetricKind.Counter, "bf.run.rows", "{row}", "rows that runs wrote", "bf.command");

    /// <summary>When a command's run succeeded the last time.</summary>
    public static readonly Metric RunLastSuccess = new(MetricKind.Gauge, "bf.run.last_success", "s", "when a run of the command was done the last time, seconds since 1970", "bf.command");

    /// <summary>Commits to the lake's tables.</summary>
    public static readonly Metric LakeCommits = new(MetricKind.Counter, "bf.lake.commits", "{commit}", "attempts to commit to a table: committed, conflict (another was first; it is tried again) or failed", "bf.table", "bf.outcome");

    /// <summary>How long a commit took.</summary>
    public static readonly Metric LakeCommitDuration = new(MetricKind.Histogram, "bf.lake.commit.duration", "s", "how long a change of a table took, from reading it to the commit, with all attempts", "bf.table", "bf.outcome");

    /// <summary>Bytes between bf and a bucket.</summary>
    public static readonly Metric LakeBytes = new(MetricKind.Counter, "bf.lake.bytes", "By", "bytes between bf and the lake's bucket: read or written", "bf.direction");

    /// <summary>Rows put into quarantine.</summary>
    public static readonly Metric LakeQuarantined = new(MetricKind.Counter, "bf.lake.quarantined", "{row}", "rows that this process put into quarantine", "bf.rule");

    /// <summary>The last bar that the lake has.</summary>
    public static readonly Metric LakeLastBar = new(MetricKind.Gauge, "bf.lake.last_bar", "s", "time of the lake's last bar, seconds since 1970; a daily bar's is its date at midnight", "bf.interval");

    /// <summary>Rows in quarantine.</summary>
    public static readonly Metric LakeQuarantine = new(MetricKind.Gauge, "bf.lake.quarantine", "{row}", "rows in the lake's quarantine");

    /// <summary>Free space where the lake's folder lies.</summary>
    public static readonly Metric LakeFree = new(MetricKind.Gauge, "bf.lake.free", "By", "bytes that are free where the lake's folder lies; not given for a bucket");

    /// <summary>Statements on Spark.</summary>
    public static readonly Metric SparkStatements = new(MetricKind.Counter, "bf.spark.statements", "{statement}", "statements on Spark: done, failed or interrupted", "bf.outcome");

    /// <summary>How long a statement on Spark took.</summary>
    public static readonly Metric SparkDuration = new(MetricKind.Histogram, "bf.spark.statement.duration", "s", "how long a statement on Spark took", "bf.outcome");

    /// <summary>Bars that a stream counted.</summary>
    public static readonly Metric StreamBars = new(MetricKind.Counter, "bf.stream.bars", "{bar}", "bars counted", "messaging.destination.name");

    /// <summary>Bars that came too late.</summary>
    public static readonly Metric StreamLate = new(MetricKind.Counter, "bf.stream.late", "{bar}", "bars that came too late and went to quarantine", "messaging.destination.name");

    /// <summary>Messages that are no bars.</summary>
    public static readonly Metric StreamBad = new(MetricKind.Counter, "bf.stream.bad", "{message}", "messages that are no bars and went to quarantine", "messaging.destination.name");

    /// <summary>Bars that were counted already.</summary>
    public static readonly Metric StreamDuplicates = new(MetricKind.Counter, "bf.stream.duplicates", "{bar}", "bars that were counted already", "messaging.destination.name");

    /// <summary>Bars that changed what was counted.</summary>
    public static readonly Metric StreamCorrections = new(MetricKind.Counter, "bf.stream.corrections", "{bar}", "bars that changed what was counted already", "messaging.destination.name");

    /// <summary>Rows of breadth that a stream gave out.</summary>
    public static readonly Metric StreamRows = new(MetricKind.Counter, "bf.stream.rows", "{row}", "rows of breadth given out", "messaging.destination.name");

    /// <summary>Messages still to be read.</summary>
    public static readonly Metric StreamLag = new(MetricKind.Gauge, "bf.stream.lag", "{message}", "messages still to be read", "messaging.destination.name");

    /// <summary>The time before which everything is final.</summary>
    public static readonly Metric StreamWatermark = new(MetricKind.Gauge, "bf.stream.watermark", "s", "all times before it are final, seconds since 1970; only from the member that adds up", "messaging.destination.name");

    /// <summary>Partitions that this member reads.</summary>
    public static readonly Metric StreamPartitions = new(MetricKind.Gauge, "bf.stream.partitions", "{partition}", "partitions that this member reads", "messaging.destination.name");

    /// <summary>How long a checkpoint took.</summary>
    public static readonly Metric StreamCheckpointDuration = new(MetricKind.Histogram, "bf.stream.checkpoint.duration", "s", "how long it took to keep how far the stream has come", "messaging.destination.name");

    /// <summary>Bars that a replay sent.</summary>
    public static readonly Metric ReplayBars = new(MetricKind.Counter, "bf.replay.bars", "{bar}", "bars that a replay sent", "messaging.destination.name");

    /// <summary>How far a replay is behind its pace.</summary>
    public static readonly Metric ReplayLag = new(MetricKind.Gauge, "bf.replay.lag", "s", "how far a replay is behind its pace", "messaging.destination.name");

    /// <summary>Documents and rows that sinks took.</summary>
    public static readonly Metric SinkDocuments = new(MetricKind.Counter, "bf.sink.documents", "{document}", "documents sent to a sink: written, rejected (they go to quarantine) or retried", "bf.sink", "bf.outcome");

    /// <summary>How long a request to a sink took.</summary>
    public static readonly Metric SinkRequestDuration = new(MetricKind.Histogram, "bf.sink.request.duration", "s", "how long a request to a sink took", "bf.sink", "error.type");

    /// <summary>From the completing bar to the sink's acknowledgement.</summary>
    public static readonly Metric SinkLatency = new(MetricKind.Histogram, "bf.sink.latency", "s", "from the arrival of the bar that completes a time to the sink's acknowledgement of its row", "bf.sink");

    /// <summary>Whether a service is healthy.</summary>
    public static readonly Metric ServiceUp = new(MetricKind.Gauge, "bf.service.up", "{service}", "whether a service did what it is for when it was asked the last time: 1 or 0", "bf.service");

    /// <summary>How long the round trip through a service took.</summary>
    public static readonly Metric ServiceLatency = new(MetricKind.Gauge, "bf.service.latency", "s", "how long the last round trip through a service took", "bf.service");

    /// <summary>Every metric that is given out: bf's own, and those of <see cref="InstrumentsOfPlatform"/>.</summary>
    public static IReadOnlyList<Metric> All => [.. Own, .. InstrumentsOfPlatform.All];

    /// <summary>Every metric of bf's own.</summary>
    public static IReadOnlyList<Metric> Own { get; } =
    [
        TargetInfo, RunDuration, RunRows, RunLastSuccess,
        LakeCommits, LakeCommitDuration, LakeBytes, LakeQuarantined, LakeLastBar, LakeQuarantine, LakeFree,
        SparkStatements, SparkDuration,
        StreamBars, StreamLate, StreamBad, StreamDuplicates, StreamCorrections, StreamRows, StreamLag, StreamWatermark, StreamPartitions, StreamCheckpointDuration,
        ReplayBars, ReplayLag,
        SinkDocuments, SinkRequestDuration, SinkLatency,
        ServiceUp, ServiceLatency,
    ];
}
