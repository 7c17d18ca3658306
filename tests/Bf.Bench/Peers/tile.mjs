// A market of any size out of a real one: every symbol COPIES times, each copy with prices and volumes of its own.
//   node tile.mjs SRC DST COPIES
//   node tile.mjs SRC DST --rows 2.5M     as many copies as come nearest to that many rows
// The same SRC and COPIES give the same rows on every machine. Copy 0 is SRC itself.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const [src, dst, count, rowsText] = process.argv.slice(2);
const wanted = /^(\d+(?:\.\d+)?)([kM]?)$/.exec((count === '--rows' ? rowsText : count) ?? '');
if (!src || !dst || !wanted) {
  console.error('usage: node tile.mjs SRC DST COPIES | --rows N[k|M]');
  process.exit(2);
}
if (!existsSync(src)) {
  console.error(`tile: ${src} is not there`);
  process.exit(1);
}
mkdirSync(dirname(resolve(dst)), { recursive: true });

const literal = (text) => `'${text.replaceAll("'", "''")}'`;
// A run that dies leaves no half of a file under the name that later runs look for.
const partial = `${dst}.${process.pid}.partial`;
const spill = `${partial}.spill`;

const db = await DuckDBInstance.create(':memory:', {
  threads: '2',
  memory_limit: '2GB',
  temp_directory: spill,
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
});
const connection = await db.connect();
await connection.run("SET TimeZone = 'UTC'");
const columns = (await connection.runAndReadAll(`DESCRIBE FROM ${literal(src)}`)).getColumns()[0];
const time = columns.includes('ts') ? 'ts' : 'date';

const number = Number(wanted[1]) * { '': 1, k: 1e3, M: 1e6 }[wanted[2]];
const [[sourceRows]] = (await connection.runAndReadAll(`SELECT count(*) FROM ${literal(src)}`)).getRows();
const copies = Math.max(1, Math.round(count === '--rows' ? number / Number(sourceRows) : number));
const digits = Math.max(2, String(copies - 1).length);

// A copy's factor lies between 0.57 and 1.43 and, past copy 0, is never 1. Rounding to four decimals after it makes
// ties and returns differ from copy to copy; it keeps low <= close <= high, because rounding is monotone.
// The name is sorted with its suffix: A_00 comes after AAPL_00.
const price = (column) => `round(${column} * factor, 4) AS ${column}`;
await connection.run(`
  COPY (
    SELECT symbol || '_' || lpad(copy::VARCHAR, ${digits}, '0') AS symbol,
           ${time}::TIMESTAMPTZ AS ts,
           ${['open', 'high', 'low', 'close', 'adj_close'].map(price).join(', ')},
           volume + volume * ((copy * 7919 + epoch_us(${time}::TIMESTAMP) // 86400000000 * copy) % 997) // 2000 AS volume
    FROM ${literal(src)},
         (SELECT copy, CASE WHEN copy = 0 THEN 1.0 ELSE (5700 + (copy * 3571) % 8600)::DOUBLE / 10000.0 END AS factor
          FROM range(${copies}) AS r(copy))
    ORDER BY ALL
  ) TO ${literal(partial)} (FORMAT parquet, COMPRESSION zstd)`);
connection.closeSync();
rmSync(spill, { recursive: true, force: true });
renameSync(partial, dst);
