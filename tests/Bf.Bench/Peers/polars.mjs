// The panel by polars. What was tried, and why it is written like this: ../README.md.
import { columns, readOptions, report } from './panel.mjs';

const options = readOptions('polars.mjs');
process.env.POLARS_MAX_THREADS ??= '2'; // read when the library loads
const { default: pl } = await import('nodejs-polars');
const { col, lit, when } = pl;

const streaming = { engine: 'streaming' };
const int = (value) => lit(value).cast(pl.Int64);
const halfAway = 'halfawayfromzero';

function scan() {
  const bars = pl.scanParquet(options.file);
  const time = bars.columns.includes('ts') ? 'ts' : 'date';
  return bars.select('symbol', col(time).cast(pl.Date).alias('date'), 'adj_close', 'volume');
}

/**
 * Rows come sorted by symbol and date, so a window needs no `over('symbol')`: it runs over the whole column,
 * and `n`, the bar's place in its symbol (0 = first), tells where it lies within one symbol.
 */
function panel(bars) {
  const startsSymbol = col('symbol').neq(col('symbol').shift(1)).fillNull(lit(true));
  const start = when(startsSymbol).then(col('i')).otherwise(lit(null)).forwardFill();
  const eligible = (n) => col('n').gtEq(int(n - 1));
  const x = col('x');
  const p = col('p');
  const change = x.sub(p).cast(pl.Float64).div(p.cast(pl.Float64)).mul(lit(1e9));

  return bars
    .select('date', 'volume', 'symbol',
      col('adj_close').mul(lit(1e6)).round(0, halfAway).cast(pl.Int64).alias('x'),
      pl.intRange(0, pl.len()).alias('i'))
    .select('date', 'volume', 'x', x.shift(1).alias('p'), col('i').sub(start).alias('n'))
    .withColumns(
      ...[20, 50, 200].map((n) => x.rollingSum(n).alias(`sum${n}`)),
      x.rollingMax(252).alias('high'),
      x.rollingMin(252).alias('low'))
    .select('date', 'volume',
      eligible(2).alias('issues'),
      eligible(2).and(x.gt(p)).alias('adv'),
      eligible(2).and(x.lt(p)).alias('dec'),
      eligible(2).and(x.eq(p)).alias('unch'),
      eligible(252).alias('elig252'),
      eligible(252).and(x.eq(col('high'))).alias('nh252'),
      eligible(252).and(x.eq(col('low'))).alias('nl252'),
      ...[20, 50, 200].flatMap((n) => [
        eligible(n).alias(`elig${n}`),
        eligible(n).and(x.mul(int(n)).gt(col(`sum${n}`))).alias(`above${n}`),
      ]),
      change.round(0, halfAway).cast(pl.Int64).alias('r'))
    .withColumns(
      col('issues').and(col('r').gt(int(3e9)).or(col('r').lt(int(-0.75e9)))).alias('return_outliers'))
    .groupBy('date')
    .agg(
      pl.len().alias('bars'),
      ...columns.filter((name) => name !== 'bars' && name !== 'return_sum' && !name.endsWith('_vol'))
        .map((name) => col(name).sum()),
      col('volume').filter(col('adv')).sum().alias('up_vol'),
      col('volume').filter(col('dec')).sum().alias('down_vol'),
      col('volume').filter(col('unch')).sum().alias('unch_vol'),
      col('r').filter(col('issues').and(col('return_outliers').not())).sum().alias('return_sum'))
    .select('date', ...columns)
    .sort('date');
}

let loadMs = 0;
let source = scan;
if (!options.lazy) {
  const started = performance.now();
  const frame = scan().collectSync(streaming);
  loadMs = performance.now() - started;
  source = () => frame.lazy();
}

const computeMs = [];
let result;
for (let i = 0; i < options.repeat; i++) {
  const started = performance.now();
  result = panel(source()).collectSync(streaming);
  computeMs.push(performance.now() - started);
}

const sums = Object.fromEntries(columns.map((name) => [name, Number(result.getColumn(name).sum())]));
if (options.out) result.writeCSV(options.out);
report({ peer: 'polars', lazy: options.lazy, loadMs, computeMs, dates: result.height, sums, json: options.json });
