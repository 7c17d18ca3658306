using System.Diagnostics;

namespace Bf.Cli;

/// <summary>
/// One line on stderr that is written over, on a terminal only, and only once something has taken a second;
/// or, where <see cref="InLines"/>, a line for each state.
/// </summary>
internal sealed class Progress(bool quiet) : IDisposable
{
    private readonly bool _show = !quiet && !Console.IsErrorRedirected;
    private readonly bool _lines = !quiet && InLines && Console.IsErrorRedirected;
    private readonly long _start = Stopwatch.GetTimestamp();
    private string? _last;
    private int _width;

    /// <summary>Whether states are told where nobody looks too, as in a log.</summary>
    public static bool InLines { get; set; }

    /// <summary>Shows a state.</summary>
    public void Report(string text)
    {
        if (_lines && text != _last)
        {
            _last = text;
            Console.Error.WriteLine(text);
        }
        else if (_show && Stopwatch.GetElapsedTime(_start).TotalSeconds >= 1)
        {
            Console.Error.Write($"\r{text.PadRight(_width)}");
            _width = text.Length;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_width > 0)
        {
            Console.Error.Write($"\r{new string(' ', _width)}\r");
        }
    }
}
