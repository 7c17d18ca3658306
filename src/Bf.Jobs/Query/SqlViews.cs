using System.Globalization;
using System.Text.RegularExpressions;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Query;

/// <summary>Gives a SQL text what it names: a view for each table of the lake, and the relation that <c>delta(...)</c> stands for.</summary>
internal sealed partial class SqlViews(DuckConnection connection, Func<DataLake> lake)
{
    /// <summary>Makes the views that a text needs, and replaces its calls of <c>delta(...)</c>.</summary>
    public string Prepare(string sql)
    {
        var named = DeltaCall().Replace(sql, ""); // what delta(...) names needs no view, and perhaps no lake
        var all = AsksForTables().IsMatch(named);
        foreach (var schema in Known().Where(s => all || named.Contains(s.Name, StringComparison.OrdinalIgnoreCase)))
        {
            var table = lake().Table(schema);
            var snapshot = table.Load();
            if (all && !snapshot.Exists)
            {
                continue;
            }

            connection.Execute($"CREATE OR REPLACE TEMP VIEW {schema.Name} AS SELECT * FROM {table.Whole(snapshot)}");
        }

        return DeltaCall().Replace(sql, call => Relation(
            Unquote(call.Groups["path"].Value),
            call.Groups["version"].Success ? Version(call.Groups["version"].Value) : null,
            call.Groups["timestamp"].Success ? Unquote(call.Groups["timestamp"].Value) : null));
    }

    private static IEnumerable<TableSchema> Known()
    {
        var intervals = new[] { "1d", "1m", "2m", "5m", "10m", "15m", "30m", "1h" };
        return Tables.Fixed.Concat(intervals.Select(i => Tables.Bars(Interval.Parse(i))));
    }

    private string Relation(string place, long? version, string? timestamp)
    {
        DateTimeOffset? at = timestamp is null ? null : Moment(timestamp);
        var isPath = place.Contains('/', StringComparison.Ordinal) || place.Contains(':', StringComparison.Ordinal) || Directory.Exists(place);
        return (DataPath.IsS3Uri(place) ? lake().Foreign(place, version, at) : isPath ? ForeignTable.Open(place, TimeProvider.System, version, at) : ForeignTable.Open(lake().Store, place, TimeProvider.System, version, at)).Relation;
    }

    private static long Version(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : throw new JobException($"version => {text} is no version; versions begin at 0");

    private static DateTimeOffset Moment(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw new JobException($"timestamp => '{text}' is no time like 2024-01-31 or 2024-01-31 18:00:00");

    private static string Unquote(string text) => text.Replace("''", "'", StringComparison.Ordinal);

    [GeneratedRegex(@"\bSHOW\s+(ALL\s+)?TABLES\b|\binformation_schema\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksForTables();

    [GeneratedRegex(@"\bdelta\s*\(\s*'(?<path>(?:[^']|'')+)'\s*(?:,\s*(?:version\s*=>\s*(?<version>-?\d+)|timestamp\s*=>\s*'(?<timestamp>(?:[^']|'')+)')\s*)?\)", RegexOptions.IgnoreCase)]
    private static partial Regex DeltaCall();
}
