using Bf.Core.Market;
using Bf.Sources.Fetch;
using CsvHelper;

namespace Bf.Sources.Csv;

/// <summary>Reads the CSV that a source sent for one symbol.</summary>
internal static class SymbolCsv
{
    private static readonly Dictionary<BarColumn, string> AsNamed = [];

    /// <summary>The rows of the symbol; where the text has no column of symbols, all rows.</summary>
    /// <exception cref="SourceException">It is no CSV of bars; the message begins with <paramref name="source"/>.</exception>
    public static IReadOnlyList<BarReading> Read(string source, byte[] text, SourceRequest request)
    {
        try
        {
            using var stream = new MemoryStream(WithVolume(text));
            return [.. new CsvBars(AsNamed, request.Interval).Read(stream, request.Symbol + ".csv").Where(r => r.Broken is not null || r.Bar.Symbol == request.Symbol)];
        }
        catch (Exception e) when (e is FormatException or CsvFormatException)
        {
            throw new SourceException(SourceFailure.Malformed, $"{source}: {e.Message}");
        }
    }

    /// <summary>Indices come without a column of volume: it is 0 then.</summary>
    private static byte[] WithVolume(byte[] text)
    {
        var header = text.AsSpan(0, Math.Max(text.AsSpan().IndexOf((byte)'\n'), 0));
        if (header.IsEmpty || !header.StartsWith("Date,"u8) || header.IndexOf("Volume"u8) >= 0)
        {
            return text;
        }

        var lines = System.Text.Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines.Select((line, i) => line + (i == 0 ? ",Volume" : ",0"))) + "\n");
    }
}
