using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Spark.Connect;

/// <summary>What is told of a statement: a span, and figures. There is none while nobody listens. One that neither ended nor failed was interrupted.</summary>
internal sealed class StatementWatch : IDisposable
{
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly Span? _span;
    private string _outcome = "interrupted";

    private StatementWatch(string address) => _span = Span.Begin("spark statement", SpanRole.Client)?.Set("db.system.name", "spark").Set("server.address", address);

    /// <summary>Begins, where somebody listens.</summary>
    public static StatementWatch? Begin(string address) => Span.IsOn || Meters.IsOn ? new(address) : null;

    /// <summary>It is done.</summary>
    public void Done() => _outcome = "done";

    /// <summary>It failed.</summary>
    public void Failed(Exception e)
    {
        _outcome = "failed";
        _span?.Failed(e);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Meters.IsOn)
        {
            Instruments.SparkStatements.Record(1, _outcome);
            Instruments.SparkDuration.Record(TimeProvider.System.GetElapsedTime(_began).TotalSeconds, _outcome);
        }

        if (_outcome == "interrupted")
        {
            _span?.Fail(_outcome, null);
        }

        _span?.Dispose();
    }
}
