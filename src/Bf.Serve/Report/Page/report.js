// Builds the charts and links them: one range, one crosshair, one reading.
const SYNC = 'bf';
const plots = [];
const narrow = () => window.innerWidth < 640;
// one gutter for all charts, so that dates stand below dates: as wide as the longest figure of any axis
let widest = 0;
const gutter = () => Math.max(narrow() ? 40 : 52, 10 + 7.5 * (widest ||= Math.max(...Object.values(CHARTS).filter(c => !c.bare).flatMap(longest))));
const longest = c => c.series.map(s => {
  const [low, high] = s.values.reduce(([l, h], v) => v == null ? [l, h] : [Math.min(l, v), Math.max(h, v)], [0, 0]);
  return Math.max(c.unit(1.1 * low, 0).length, c.unit(1.1 * high, 0).length);
});
const margin = () => narrow() ? 58 : 156;
let shown = [0, 0];

function options(id, c, host) {
  const axisFont = `12px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { stroke: () => ink('muted'), font: axisFont, ticks: { show: false }, grid: { stroke: () => ink('grid'), width: 1 } };
  return {
    width: host.clientWidth,
    height: narrow() && !c.bare ? Math.min(c.height ?? 200, 240) : c.height ?? 200,
    padding: [10, margin(), 0, 0],
    tzDate: s => uPlot.tzDate(new Date(s * 1000), 'Etc/UTC'),
    legend: { show: false },
    cursor: {
      y: false, drag: { x: true, y: false, setScale: true, dist: 8 },
      points: { size: (u, i) => c.series[i - 1] && !c.series[i - 1].quiet ? 8 : 0, width: 1.5, stroke: () => ink('page'), fill: (u, i) => ink(c.series[i - 1]?.colour ?? 'ink') },
      sync: { key: SYNC, filters: { pub: type => type === 'mousemove' } },
    },
    scales: {
      x: { time: true, range: (u, min, max) => [min, max] },
      y: c.bare ? { range: fixed(0, 1) } : c.log ? { distr: 3, range: logRange } : { range: c.range ?? ((u, min, max) => min == null ? [0, 1] : uPlot.rangeNum(min, max, 0.1, true)) },
    },
    axes: [
      { ...axis, size: 28, grid: { show: false }, ticks: { show: true, stroke: () => ink('rule'), size: 5 }, space: narrow() ? 46 : 70, values: years },
      { ...axis, show: true, size: gutter(), space: 30, splits: c.log ? logSplits : undefined, filter: c.log ? (u, s) => s : undefined, values: (u, splits) => splits.map(v => v == null ? '' : c.bare ? '' : c.unit(v, digitsOf(splits))), grid: c.bare ? { show: false } : axis.grid },
    ],
    series: [{}, ...(c.series.length ? c.series : [{ values: [], colour: 'ink' }]).map(s => ({
      stroke: () => ink(s.colour), width: s.width ?? 1.5, dash: s.dash, fill: s.fill ? () => ink(s.fill) : undefined,
      points: { show: false }, paths: s.quiet ? uPlot.paths.stepped({ align: 1 }) : undefined, fillTo: 0,
    }))],
    hooks: {
      drawClear: [own(u => { thinBands(u, D.thin); c.under?.(u); if (c.base != null) rule(u, c.base, ink('rule')); })],
      draw: [own(u => { c.over?.(u); labels(u, c); })],
      setCursor: [u => read(u, c, host)],
      setScale: [(u, key) => { const { min, max } = u.scales.x; if (key === 'x' && (min !== shown[0] || max !== shown[1])) show(min, max, u); }],
    },
  };
}

// uPlot remembers what it set on the canvas, so our own settings must not stay
const own = draw => u => { u.ctx.save(); draw(u); u.ctx.restore(); };
const digitsOf = splits => { const gap = Math.min(...splits.slice(1).map((v, i) => Math.abs(v - splits[i]))); return gap < 1 ? 1 : 0; };

// years alone where years are far apart, months with the year at its beginning otherwise
function years(u, splits, axis, space, step) {
  let last = null;
  return splits.map(s => {
    const at = new Date(s * 1000), year = at.getUTCFullYear();
    if (step >= 300 * 86400) return String(year);
    const date = `${at.getUTCDate()} ${month(at)}`;
    if (step < 86400) {
      const begins = last !== date;
      last = date;
      return begins ? date : at.toISOString().slice(11, 16);
    }
    const text = step >= 27 * 86400 ? month(at) : `${at.getUTCDate()} ${month(at)}`;
    const first = last !== year;
    last = year;
    return first ? `${text} ${narrow() ? '’' + String(year).slice(2) : year}` : text;
  });
}

const seen = (u, values) => {
  const to = u.valToIdx(u.scales.x.max), xs = u.data[0];
  return lastDefined(values, xs[to] > u.scales.x.max ? to - 1 : to);
};

function labels(u, c) {
  endLabels(u, c.series.filter(s => s.label).map(s => ({ s, i: seen(u, s.values) })).filter(l => l.i >= 0).map(({ s, i }) => {
    const value = c.unit(s.values[i], s.digits ?? 0);
    return { value: s.values[i], colour: ink(s.colour), text: narrow() ? value : `${s.label} ${value}` };
  }));
}

function read(u, c, host) {
  const list = c.read ?? c.series, line = host.parentNode.querySelector('.readout');
  const at = u.cursor.idx ?? seen(u, u.data[0]);
  line.replaceChildren(...list.filter(s => s.label).map(s => {
    const item = document.createElement('span'), key = document.createElement('i');
    key.className = 'key ' + s.colour;
    item.append(key, `${s.label} `, Object.assign(document.createElement('b'), { textContent: (c.unit === percent ? v => v == null ? '–' : number(v, 1) + '%' : v => number(v, s.digits ?? 0))(s.values[at]) }));
    return item;
  }));
  if (c.bare) line.textContent = D.thrusts.filter(t => t[0] === u.data[0][at]).map(t => D.lanes[t[1]]).join(', ');
  if (plots[0]?.u === u || u.cursor.event) stamp(u.cursor.idx == null ? null : u.data[0][at]);
}

// what is said of a date on which few stocks have a bar
const thinAt = (s, i = D.thin.indexOf(s)) => i < 0 ? '' : `, thin coverage (${D.thinOf[i]})`;
const stamp = s => document.querySelectorAll('.at').forEach(o => { o.textContent = s == null ? '' : day(s) + thinAt(s); });

// shows a range in every chart
function show(min, max, from) {
  shown = [min, max];
  for (const { u } of plots) if (u !== from) u.setScale('x', { min, max });
  const [start, end] = D.span, whole = min <= start && max >= end;
  document.querySelectorAll('[data-years]').forEach(b => b.setAttribute('aria-pressed', String(whole ? b.dataset.years === '0' : Math.abs(max - min - b.dataset.years * 31557600) < 86400 * 3 && max >= end)));
  plots.forEach(p => read(p.u, p.c, p.host));
}

function range(yearsBack) {
  const [start, end] = D.span;
  show(yearsBack ? Math.max(start, end - yearsBack * 31557600) : start, end);
}
