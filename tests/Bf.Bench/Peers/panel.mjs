// What both peers share: their options, the columns of a panel, and the JSON they print.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

export const columns = [
  'bars', 'issues', 'adv', 'dec', 'unch', 'up_vol', 'down_vol', 'unch_vol', 'elig252', 'nh252', 'nl252',
  'elig20', 'above20', 'elig50', 'above50', 'elig200', 'above200', 'return_sum', 'return_outliers',
];

export function readOptions(script) {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        repeat: { type: 'string', default: '1' },
        lazy: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        out: { type: 'string' },
      },
    });
    const repeat = Number(values.repeat);
    if (positionals.length !== 1 || !Number.isInteger(repeat) || repeat < 1) throw new Error('one FILE is needed');
    return { file: positionals[0], repeat, lazy: values.lazy, json: values.json, out: values.out };
  } catch (error) {
    console.error(`${error.message}\nusage: node ${script} FILE [--repeat N] [--lazy] [--out panel.csv] [--json]
  --repeat N  compute the panel N times from the loaded columns
  --lazy      read and compute in one go, without loading first
  --json      on one line`);
    process.exit(2);
  }
}

export function report({ peer, lazy, loadMs, computeMs, dates, sums, json }) {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
  const round = (ms) => Math.round(ms * 10) / 10;
  const result = {
    peer,
    mode: lazy ? 'lazy' : 'loaded',
    load_ms: round(loadMs),
    compute_ms: computeMs.map(round),
    // since the process began: start-up and the loading of the library are in it, as they are for any program
    total_ms: round(performance.now()),
    peak_mb: Math.round(Number(peak[1]) / 1024),
    rows: sums.bars,
    dates,
    checksum: sums,
  };
  console.log(JSON.stringify(result, null, json ? 0 : 2));
}
