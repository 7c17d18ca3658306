using System.Globalization;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Inventory;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Data;

/// <summary>The history of bars in text and as JSON.</summary>
internal static class BarHistoryText
{
    private const int Shown = 60;

    public static void Write(Output output, IReadOnlyList<BarArrival> changes)
    {
        var table = new TextTable("version", "when (UTC)", "source", "added", "changed", "removed", "symbols", "from", "to", "run", "command").Right(0, 3, 4, 5, 6);
        foreach (var c in changes)
        {
            table.Add(Number(c.Version), c.When?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), c.Source ?? "-",
                Rows(c.Added), Rows(c.Changed), Rows(c.Removed), Rows(c.Symbols), Date(c.FirstTs) ?? "-", Date(c.LastTs) ?? "-", c.Run ?? "-", Cut(c.Arguments ?? c.Command ?? "-"));
        }

        output.Table(table);
        output.Line(changes.Count == 0 ? "no bars came yet; bring some with: bf data import FILE" : $"{Count(changes.Count, "change")}; undo one, and those after it, with: bf table restore --before-run RUN");

        static string Cut(string text) => text.Length <= Shown ? text : $"{text[..Shown]}...";
        static string Rows(long? count) => count is { } n ? Number(n) : "-";
    }

    public static JsonObject Json(IReadOnlyList<BarArrival> changes) => new()
    {
        ["history"] = new JsonArray([.. changes.Select(c => new JsonObject
        {
            ["version"] = c.Version, ["when"] = c.When?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), ["operation"] = c.Operation, ["source"] = c.Source, ["command"] = c.Command, ["arguments"] = c.Arguments,
            ["run"] = c.Run, ["added"] = c.Added, ["changed"] = c.Changed, ["removed"] = c.Removed, ["symbols"] = c.Symbols, ["from"] = Date(c.FirstTs), ["to"] = Date(c.LastTs),
        })]),
    };

    private static string? Date(long? ts) => ts is { } t ? Timestamp.Format(t) : null;
}
