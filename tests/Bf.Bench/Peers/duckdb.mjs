// The panel by DuckDB: loads `bars` (or, with --lazy, makes it a view of the file) and runs duckdb-panel.sql.
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { columns, readOptions, report } from './panel.mjs';

const options = readOptions('duckdb.mjs');
const literal = (text) => `'${text.replaceAll("'", "''")}'`;
const file = literal(options.file);

const db = await DuckDBInstance.create(':memory:', {
  threads: '2',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
});
const connection = await db.connect();
const rows = async (sql) => (await connection.runAndReadAll(sql)).getRows();
await connection.run("SET TimeZone = 'UTC'");

const names = (await rows(`DESCRIBE FROM ${file}`)).map(([name]) => name);
const time = names.includes('ts') ? 'ts' : 'date';
const select = (symbol) => `
  SELECT ${symbol} AS symbol, ${time}::TIMESTAMP::DATE AS date, round(adj_close * 1e6)::BIGINT AS x, volume FROM ${file}`;

let loadMs = 0;
if (options.lazy) {
  await connection.run(`CREATE VIEW bars AS ${select('symbol')}`);
} else {
  const started = performance.now();
  // windows partition faster by an enum's number than by a string
  await connection.run(`CREATE TYPE name AS ENUM (SELECT DISTINCT symbol FROM ${file} ORDER BY symbol)`);
  await connection.run(`CREATE TABLE bars AS ${select('symbol::name')}`);
  loadMs = performance.now() - started;
}

const panel = readFileSync(new URL('duckdb-panel.sql', import.meta.url), 'utf8');
const computeMs = [];
for (let i = 0; i < options.repeat; i++) {
  const started = performance.now();
  await connection.run(`CREATE OR REPLACE TEMP TABLE panel AS ${panel}`);
  computeMs.push(performance.now() - started);
}

const [[dates, ...totals]] = await rows(
  `SELECT count(*), ${columns.map((name) => `sum("${name}")::DOUBLE`).join(', ')} FROM panel`);
const sums = Object.fromEntries(columns.map((name, i) => [name, totals[i]]));
if (options.out) await connection.run(`COPY panel TO ${literal(options.out)} (FORMAT csv, HEADER)`);
report({ peer: 'duckdb', lazy: options.lazy, loadMs, computeMs, dates: Number(dates), sums, json: options.json });
