using Bf.Core.Market;
using Bf.Jobs.Streaming;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Stream;

/// <summary>The terminal while a stream runs: rows on stdout, and below them on stderr one line of figures that is written over.</summary>
internal sealed class StreamScreen(TextWriter rows, bool quiet, TimeProvider clock) : TextWriter
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly bool _shows = !quiet && !Console.IsErrorRedirected;
    private long _shownAt;
    private long _shownBars;
    private int _width;

    /// <inheritdoc/>
    public override System.Text.Encoding Encoding => rows.Encoding;

    /// <summary>A row.</summary>
    public override void WriteLine(string? value)
    {
        lock (_gate)
        {
            Clear();
            rows.WriteLine(value);
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        lock (_gate)
        {
            rows.Flush();
        }
    }

    /// <summary>Shows the figures, a few times a second.</summary>
    public void Show(StreamFigures figures)
    {
        var since = clock.GetElapsedTime(_shownAt);
        if (!_shows || since < Often)
        {
            return;
        }

        var rate = _shownAt == 0 ? 0 : (figures.Bars - _shownBars) / since.TotalSeconds;
        (_shownAt, _shownBars) = (clock.GetTimestamp(), figures.Bars);
        var text = Text(figures, rate);
        lock (_gate)
        {
            Console.Error.Write($"\r{text.PadRight(_width)}");
            _width = text.Length;
        }
    }

    /// <summary>Takes the line of figures away.</summary>
    public override void Close()
    {
        lock (_gate)
        {
            Clear();
        }
    }

    private static string Text(StreamFigures f, double rate) =>
        $"{Count(f.Bars, "bar")}, {Number(rate, 0)}/s, lag {Number(f.Lag)}, {(f.Combines ? $"final before {(f.Watermark == long.MinValue ? "-" : Timestamp.Format(f.Watermark))}" : $"{Count(f.Partitions, "partition")}")}, late {Number(f.Late)}, bad {Number(f.Bad)}";

    private void Clear()
    {
        if (_width > 0)
        {
            Console.Error.Write($"\r{new string(' ', _width)}\r");
            _width = 0;
        }
    }
}
