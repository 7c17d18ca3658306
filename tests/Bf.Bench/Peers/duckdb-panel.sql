-- The panel over `bars (symbol, date, x, volume)`, x = adj_close in ticks. What was tried: ../README.md.
-- A window's sum is a difference of running sums: one running sum and three lags cost less than three segment trees.
-- The running sum is a DOUBLE of integers below 2^53 within a symbol: exact, and cheaper than the HUGEINT that sum(BIGINT) is.
WITH one AS (
    SELECT symbol, date, x, volume,
           row_number() OVER w AS n,
           lag(x) OVER w AS p,
           sum(x::DOUBLE) OVER w AS running,
           max(x) OVER (w ROWS 251 PRECEDING) AS high,
           min(x) OVER (w ROWS 251 PRECEDING) AS low
    FROM bars
    WINDOW w AS (PARTITION BY symbol ORDER BY date)
),
two AS (
    SELECT date, x, volume, n, p, high, low,
           running - coalesce(lag(running, 20) OVER w, 0) AS sum20,
           running - coalesce(lag(running, 50) OVER w, 0) AS sum50,
           running - coalesce(lag(running, 200) OVER w, 0) AS sum200,
           round((x - p)::DOUBLE / p::DOUBLE * 1e9)::BIGINT AS r
    FROM one
    WINDOW w AS (PARTITION BY symbol ORDER BY date)
)
SELECT date,
       count(*) AS bars,
       count(p) AS issues,
       count(*) FILTER (x > p) AS adv,
       count(*) FILTER (x < p) AS "dec",
       count(*) FILTER (x = p) AS unch,
       coalesce(sum(volume) FILTER (x > p), 0)::BIGINT AS up_vol,
       coalesce(sum(volume) FILTER (x < p), 0)::BIGINT AS down_vol,
       coalesce(sum(volume) FILTER (x = p), 0)::BIGINT AS unch_vol,
       count(*) FILTER (n >= 252) AS elig252,
       count(*) FILTER (n >= 252 AND x = high) AS nh252,
       count(*) FILTER (n >= 252 AND x = low) AS nl252,
       count(*) FILTER (n >= 20) AS elig20,
       count(*) FILTER (n >= 20 AND 20 * x > sum20) AS above20,
       count(*) FILTER (n >= 50) AS elig50,
       count(*) FILTER (n >= 50 AND 50 * x > sum50) AS above50,
       count(*) FILTER (n >= 200) AS elig200,
       count(*) FILTER (n >= 200 AND 200 * x > sum200) AS above200,
       coalesce(sum(r) FILTER (r BETWEEN -750000000 AND 3000000000), 0)::BIGINT AS return_sum,
       count(*) FILTER (r NOT BETWEEN -750000000 AND 3000000000) AS return_outliers
FROM two
GROUP BY date
ORDER BY date
