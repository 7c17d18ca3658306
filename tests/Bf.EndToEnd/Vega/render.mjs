// Draws the Vega-Lite panels of an NDJSON file as Kibana does: fills its %...% words in, asks Elasticsearch, compiles, draws with the
// interpreter, and looks at what came about. One argument: a JSON file that says what; the answer is a JSON document on stdout.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const task = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const themes = {
  light: { strong: '#343741', quiet: '#69707d', lines: '#eef0f3' },
  dark: { strong: '#d4dae5', quiet: '#98a2b3', lines: '#343741' },
};

async function load(folder) {
  const require = createRequire(join(folder, 'package.json'));
  const of = async name => { const m = await import(pathToFileURL(require.resolve(name))); return m.default ? { ...m.default, ...m } : m; };
  return { vega: await of('vega'), lite: await of('vega-lite'), interpreter: await of('vega-interpreter') };
}

// Elasticsearch's names of an interval: Kibana writes those of one unit as the calendar's
const named = text => (/^1[mhdwMqy]$/.test(text) ? { calendar_interval: text } : { fixed_interval: text });

function rounded(ms) {
  const steps = [[500, '100ms'], [5e3, '1s'], [7.5e3, '5s'], [15e3, '10s'], [45e3, '30s'], [180e3, '1m'], [450e3, '5m'], [1200e3, '10m'], [2700e3, '30m'],
    [7200e3, '1h'], [21600e3, '3h'], [86400e3, '12h'], [604800e3, '24h'], [1814400e3, '1w'], [3628800e3, '30d']];
  return (steps.find(([most]) => ms <= most) ?? [0, '1y'])[1];
}

const range = () => ({ gte: new Date(task.from).toISOString(), lte: new Date(task.to).toISOString(), format: 'strict_date_optional_time' });

function fill(part, key) {
  if (Array.isArray(part)) { part.forEach(p => fill(p)); return; }
  if (part === null || typeof part !== 'object') return;
  for (const [name, value] of Object.entries(part)) {
    if (name === 'interval' && key === 'date_histogram') {
      const points = typeof value === 'object' ? value['%autointerval%'] : null;
      delete part.interval;
      Object.assign(part, named(points ? rounded((Date.parse(task.to) - Date.parse(task.from)) / (points === true ? 50 : points)) : value));
    } else if (value && typeof value === 'object' && value['%timefilter%'] !== undefined) {
      const word = value['%timefilter%'];
      part[name] = word === true ? range() : Date.parse(word === 'min' ? task.from : task.to);
    } else {
      fill(value, name);
    }
  }
}

// what goes out for a url: only the index and the body
function request(url, filters) {
  const body = structuredClone(url.body ?? {});
  const time = url['%timefield%'];
  if (body.query !== undefined && (url['%context%'] !== undefined || time !== undefined)) throw new Error('%context% and %timefield% must not be used with an own query');
  if (body.query !== undefined) {
    fill(body.query);
  } else if (url['%context%']) {
    body.query = { bool: { must: [], filter: structuredClone(filters), should: [], must_not: [] } };
    if (time) body.query.bool.must.push({ range: { [time]: range() } });
  } else if (time) {
    body.query = { range: { [time]: range() } };
  }
  fill(body.aggs);
  return { index: url.index, body };
}

async function answer(url, prefix, filters) {
  const { index, body } = request(url, filters);
  const response = await fetch(`${task.elasticsearch}/${prefix}${index}/_search?ignore_unavailable=true&track_total_hits=true`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${index}: ${response.status} ${await response.text()}`);
  return response.json();
}

function searches(part, found = [], key = undefined) {
  if (Array.isArray(part)) {
    part.forEach(p => searches(p, found, key));
  } else if (part && typeof part === 'object') {
    if (key === 'data' && part.url && typeof part.url === 'object') found.push(part);
    else Object.entries(part).forEach(([k, v]) => searches(v, found, k));
  }
  return found;
}

function defaults(spec, theme) {
  const { strong, quiet, lines } = themes[theme];
  const set = (value, ...path) => {
    let o = spec;
    for (const p of path.slice(0, -1)) o = o[p] ??= {};
    o[path.at(-1)] ??= value;
  };
  set('#54b399', 'config', 'mark', 'color');
  set(strong, 'config', 'title', 'color');
  set(quiet, 'config', 'style', 'guide-label', 'fill');
  for (const s of ['guide-title', 'group-title', 'group-subtitle']) set(strong, 'config', 'style', s, 'fill');
  for (const a of ['tickColor', 'domainColor', 'gridColor']) set(lines, 'config', 'axis', a);
  set('transparent', 'config', 'background');
}

// what was drawn: how many of each kind, their texts, and what is wrong with them
function look(view) {
  const [left, top] = view.origin(), pad = view.padding(), scene = view.scenegraph().root;
  const [x0, y0] = [-left - pad.left, -top - pad.top], [x1, y1] = [x0 + view._viewWidth + pad.left + pad.right, y0 + view._viewHeight + pad.top + pad.bottom];
  const marks = {}, texts = [], problems = [];
  (function walk(mark, x, y) {
    for (const item of mark.items ?? []) {
      if (mark.marktype === 'group') {
        (item.items ?? []).forEach(m => walk(m, x + (item.x || 0), y + (item.y || 0)));
        continue;
      }
      for (const k of ['x', 'y', 'x2', 'y2', 'width', 'height', 'size']) {
        if (item[k] !== undefined && !Number.isFinite(item[k])) problems.push(`${mark.marktype}.${k} is ${item[k]}`);
      }
      if (item.opacity === 0 || item.fillOpacity === 0) continue;
      if (mark.marktype === 'text' && (item.text === undefined || item.text === '' || item.text === null)) continue;
      const role = mark.role === 'mark' ? mark.marktype : `${mark.role}.${mark.marktype}`;
      marks[role] = (marks[role] ?? 0) + 1;
      if (mark.marktype === 'text') texts.push([].concat(item.text).join(' / '));
      const b = item.bounds;
      if (mark.role === 'mark' && b && Number.isFinite(b.x1) && mark.name?.includes('voronoi') !== true) {
        if (x + b.x1 < x0 - 2 || y + b.y1 < y0 - 2 || x + b.x2 > x1 + 2 || y + b.y2 > y1 + 2) {
          problems.push(`${mark.marktype} ${JSON.stringify(item.text ?? '')} lies outside: ${[x + b.x1, y + b.y1, x + b.x2, y + b.y2].map(n => n.toFixed(0))} of ${[x0, y0, x1, y1].map(n => n.toFixed(0))}`);
        }
      }
    }
  })(scene, 0, 0);
  return { marks, texts, problems };
}

const objects = readFileSync(task.ndjson, 'utf8').split('\n').filter(l => l.trim()).map(l => JSON.parse(l));
const dashboard = objects.find(o => o.type === 'dashboard');
const grid = Object.fromEntries(JSON.parse(dashboard.attributes.panelsJSON).map(p => [dashboard.references.find(r => r.name === `${p.panelIndex}:${p.panelRefName}`).id, p.gridData]));
const sets = await Promise.all(task.sets.map(load));
const report = [];
for (const { name, prefix = '', filters = [], themes: chosen } of task.cases) for (const object of objects.filter(o => o.type === 'visualization')) {
  const source = JSON.parse(object.attributes.visState).params.spec;
  const asked = new Map();
  for (const data of searches(JSON.parse(source))) asked.set(data.name, await answer(data.url, prefix, filters));
  const { w, h } = grid[object.id];
  const [width, height] = [Math.round(w * 1400 / 48) - 16, h * 20 + (h - 1) * 8 - 44];
  for (const [at, theme] of chosen.entries()) {
    // each version of the libraries in a theme of its own
    const { vega, lite, interpreter } = sets[at % sets.length];
    const spec = JSON.parse(source), said = [];
    delete spec.config?.kibana;
    defaults(spec, theme);
    for (const data of searches(spec)) { data.url = { index: data.url.index }; data.values = structuredClone(asked.get(data.name)); }
    Object.assign(spec, { width, height, autosize: { type: 'fit', contains: 'padding' } });
    const logger = { level: () => logger, error: (...a) => (said.push(`error: ${a.join(' ')}`), logger), warn: (...a) => (said.push(`warning: ${a.join(' ')}`), logger), info: () => logger, debug: () => logger };
    // without a canvas the libraries take letters for wider than they are
    vega.textMetrics.width = (item, text) => [].concat(text ?? '').reduce((most, line) => Math.max(most, Math.min(item.limit || Infinity, 0.54 * (item.fontSize ?? 11) * String(line).length)), 0);
    const entry = { case: name, id: object.id, vega: vega.version, lite: lite.version, theme, width, height, marks: {}, texts: [], problems: [] };
    report.push(entry);
    try {
      const compiled = lite.compile(spec, { logger }).spec;
      const view = new vega.View(vega.parse(compiled, null, { ast: true }), { expr: interpreter.expressionInterpreter, renderer: 'none', logger });
      const svg = await view.toSVG();
      Object.assign(entry, look(view));
      if (/NaN|Infinity|undefined/.test(svg)) entry.problems.push(`the picture holds ${svg.match(/NaN|Infinity|undefined/)[0]}`);
      entry.svg = join(task.out, `${name}-${object.id}-${theme}.svg`);
      writeFileSync(entry.svg, svg);
      view.finalize();
    } catch (e) {
      entry.problems.push(`${e.stack ?? e}`);
    }
    entry.problems.push(...said);
  }
}
process.stdout.write(JSON.stringify(report));
