using System.Globalization;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Import;
using Bf.Sources;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Data;

/// <summary>What <c>bf data import --dry-run</c> shows.</summary>
internal static class ImportPreviewOutput
{
    public static int Show(Invocation call, PreviewResult preview)
    {
        var (groups, refused) = (preview.Groups, preview.Refused);
        call.Out.Document(() => new JsonObject
        {
            ["dry_run"] = true,
            ["groups"] = new JsonArray([.. groups.Select(g => new JsonObject
            {
                ["format"] = g.Recognised.Format, ["columns"] = g.Recognised.Columns, ["symbol_from_name"] = g.Recognised.Symbol is not null, ["adjusted"] = g.Recognised.IsAdjusted,
                ["files"] = new JsonArray([.. g.Files.Select(f => (JsonNode)f)]),
                ["rows"] = new JsonArray([.. g.Rows.Select(Row)]),
            })]),
            ["refused"] = new JsonArray([.. refused.Select(r => (JsonNode)r)]),
        });
        foreach (var group in groups)
        {
            var r = group.Recognised;
            call.Out.Line($"{group.Files[0]}{(group.Files.Count > 1 ? $" and {Number(group.Files.Count - 1)} more" : "")}: {r.Format}");
            call.Out.Line($"  columns: {r.Columns}{(r.Symbol is { } symbol ? $"; symbol {symbol} from the file's name" : "")}{(r.IsAdjusted ? "" : "; adj_close = close")}");
            call.Out.Table(Table(group.Rows));
        }

        var read = groups.Sum(g => g.Files.Count);
        if (refused.Count > 0)
        {
            Console.Out.Flush(); // what was recognised comes first
            Console.Error.WriteLine(read + refused.Count == 1 ? $"error: {refused[0]}" : $"error: {Number(refused.Count)} of {Count(read + refused.Count, "file")} can't be read, so none would be imported:\n  {string.Join("\n  ", refused)}");
            return ExitCode.Failed;
        }

        call.Out.Line($"nothing was written; {Count(read, "file")} would be imported. Do it with the same command without --dry-run");
        return ExitCode.Done;
    }

    private static TextTable Table(IReadOnlyList<(BarReading Row, string? Broken)> rows)
    {
        var table = new TextTable("line", "date", "symbol", "open", "high", "low", "close", "adj_close", "volume", "").Right(0, 3, 4, 5, 6, 7, 8);
        foreach (var (row, broken) in rows)
        {
            var b = row.Bar;
            table.Add(row.IsGap ? [Number(row.Line), Timestamp.Format(b.Ts), b.Symbol, "", "", "", "", "", "", "a gap"]
                : broken is not null ? [Number(row.Line), "", "", "", "", "", "", "", "", $"quarantine: {broken}"]
                : [Number(row.Line), Timestamp.Format(b.Ts), b.Symbol, Exact(b.Open), Exact(b.High), Exact(b.Low), Exact(b.Close), Exact(b.AdjClose), Number(b.Volume), ""]);
        }

        return table;

        static string Exact(double price) => price.ToString("R", CultureInfo.InvariantCulture);
    }

    private static JsonNode Row((BarReading Row, string? Broken) reading)
    {
        var (row, broken) = reading;
        var b = row.Bar;
        var node = new JsonObject { ["line"] = row.Line };
        if (broken is not null)
        {
            node["broken"] = broken;
            node["raw"] = row.Raw;
        }
        else if (row.IsGap)
        {
            node["gap"] = true;
        }
        else
        {
            (node["ts"], node["symbol"], node["open"], node["high"], node["low"]) = (Timestamp.Format(b.Ts), b.Symbol, b.Open, b.High, b.Low);
            (node["close"], node["adj_close"], node["volume"]) = (b.Close, b.AdjClose, b.Volume);
        }

        return node;
    }
}
