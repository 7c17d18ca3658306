using Bf.Core.Breadth;

namespace Bf.Bench.Spark;

/// <summary>
/// The counts of every symbol's bars by date, as Spark computes them with SQL windows: what bf's worker is measured against, and an oracle
/// that shares no code with it. The columns are those of <see cref="TallyColumn"/>, in their order.
/// </summary>
internal static class WindowPanel
{
    /// <summary>The statement over a table of bars.</summary>
    public static string Of(string table) => $"""
        WITH ticks AS (
          SELECT symbol, ts, CAST(adj_close * 1000000 + 0.5 AS BIGINT) AS p, volume AS v FROM {table}),
        bars AS (
          SELECT ts, p, v,
            lag(p) OVER by_time AS q,
            row_number() OVER by_time AS n,
            max(p) OVER (PARTITION BY symbol ORDER BY ts ROWS 251 PRECEDING) AS hi,
            min(p) OVER (PARTITION BY symbol ORDER BY ts ROWS 251 PRECEDING) AS lo,
            sum(p) OVER (PARTITION BY symbol ORDER BY ts ROWS 19 PRECEDING) AS s20,
            sum(p) OVER (PARTITION BY symbol ORDER BY ts ROWS 49 PRECEDING) AS s50,
            sum(p) OVER (PARTITION BY symbol ORDER BY ts ROWS 199 PRECEDING) AS s200
          FROM ticks WINDOW by_time AS (PARTITION BY symbol ORDER BY ts)),
        returns AS (
          SELECT *, CAST(round(CAST(p - q AS DOUBLE) / CAST(q AS DOUBLE) * 1e9) AS BIGINT) AS r FROM bars)
        SELECT unix_micros(ts) AS ts,
          count(*) AS bars, count(q) AS issues,
          count_if(p > q) AS adv, count_if(p < q) AS dec, count_if(p = q) AS unch,
          sum(IF(p > q, v, 0)) AS up_vol, sum(IF(p < q, v, 0)) AS down_vol, sum(IF(p = q, v, 0)) AS unch_vol,
          count_if(n >= 252) AS elig252, count_if(n >= 252 AND p = hi) AS nh252, count_if(n >= 252 AND p = lo) AS nl252,
          count_if(n >= 20) AS elig20, count_if(n >= 20 AND 20 * p > s20) AS above20,
          count_if(n >= 50) AS elig50, count_if(n >= 50 AND 50 * p > s50) AS above50,
          count_if(n >= 200) AS elig200, count_if(n >= 200 AND 200 * p > s200) AS above200,
          sum(IF(r BETWEEN -750000000 AND 3000000000, r, 0)) AS return_sum,
          count_if(r < -750000000 OR r > 3000000000) AS return_outliers
        FROM returns GROUP BY ts
        """;
}
