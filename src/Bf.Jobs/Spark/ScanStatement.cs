using Bf.Core.Breadth.Further;
using Bf.Core.Exchange;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Spark;

/// <summary>The statement that streams a table's bars through the worker, symbol by symbol, and adds what the workers counted.</summary>
internal static class ScanStatement
{
    /// <summary>The statement's text.</summary>
    /// <param name="table">The bars, as Spark names them, at a version.</param>
    /// <param name="where">Which of them.</param>
    /// <param name="worker">The worker's command.</param>
    /// <param name="spec">What is counted.</param>
    public static string Of(string table, string where, string worker, ScanSpec spec)
    {
        var numbers = Enumerable.Range(0, ScanRows.Numbers(spec.Further.Counts.Count)).Select(c => $"c{c}").ToList();
        string[] prices = [.. spec.Further.Reads.HasFlag(BarColumns.Close) ? ["close"] : Array.Empty<string>(), .. spec.Further.Reads.HasFlag(BarColumns.High) ? ["high", "low"] : Array.Empty<string>()];
        var columns = string.Join(", ", (string[])["symbol", "ts", "adj_close", "volume", .. prices]);
        const string Fields = @"ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'";
        return $"""
            SELECT kind, universe, key, text, count(*) AS n, {string.Join(", ", numbers.Select(c => $"sum({c}) AS {c}"))}
            FROM (
              SELECT TRANSFORM({columns.Replace("ts", "unix_micros(ts)", StringComparison.Ordinal)}) {Fields}
              USING {DuckConnection.Quote(worker)}
              AS (kind STRING, universe INT, key STRING, text STRING, {string.Join(", ", numbers.Select(c => $"{c} BIGINT"))}) {Fields}
              FROM (SELECT {columns} FROM {table} WHERE {where} DISTRIBUTE BY symbol SORT BY symbol, ts))
            GROUP BY kind, universe, key, text
            """;
    }
}
