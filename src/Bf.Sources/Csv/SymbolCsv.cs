using Bf.Core.Market;
using Bf.Sources.Fetch;
using CsvHelper;

namespace Bf.Sources.Csv;

/// <summary>Reads the CSV that a source sent for one symbol.</summary>
internal static class SymbolCsv
{
    private static readonly Dictionary<BarColumn, string> AsNamed = [];
    private static readonly Dictionary<BarColumn, string> WithoutVolume = new() { [BarColumn.Volume] = "none" };

    /// <summary>The rows of the symbol; where the text has no column of symbols, all rows. Indices come without a column of volume: it is 0 then.</summary>
    /// <exception cref="SourceException">It is no CSV of bars; the message begins with <paramref name="source"/>.</exception>
    public static IReadOnlyList<BarReading> Read(string source, byte[] text, SourceRequest request)
    {
        try
        {
            var header = text.AsSpan(0, Math.Max(text.AsSpan().IndexOf((byte)'\n'), 0));
            var map = header.StartsWith("Date,"u8) && header.IndexOf("Volume"u8) < 0 ? WithoutVolume : AsNamed;
            return [.. new CsvBars(new(request.Interval, map)).Read(() => new MemoryStream(text), request.Symbol).Where(r => r.Broken is not null || r.Bar.Symbol == request.Symbol)];
        }
        catch (Exception e) when (e is FormatException or CsvFormatException)
        {
            throw new SourceException(SourceFailure.Malformed, $"{source}: {e.Message}");
        }
    }
}
