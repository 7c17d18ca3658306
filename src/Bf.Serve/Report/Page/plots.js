// What each chart shows: its series, scale, marks. The same colour means the same thing in every chart.
const D = JSON.parse(document.getElementById('data').textContent);
const positive = values => values.map(v => v == null ? null : Math.max(0, v));
const negative = values => values.map(v => v == null ? null : Math.min(0, v));
const percent = v => number(v) + '%';
const only = list => list.filter(s => s.values.some(v => v != null));

// Axis splits for a logarithmic scale that a reader can follow: 1, 2, 5, and all between when the range is small.
function logSplits(u, axis, min, max) {
  const steps = max / min < 2.2 ? [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9] : max / min < 6 ? [1, 1.5, 2, 3, 4, 5, 7] : [1, 2, 5];
  const found = [];
  for (let e = Math.floor(Math.log10(min)); e <= Math.log10(max); e++)
    for (const s of steps) {
      const v = +(s * 10 ** e).toPrecision(6);
      if (v >= min && v <= max) found.push(v);
    }
  return found;
}

// the seen part of logarithmic data with a little air, instead of whole decades
const logRange = (u, min, max) => min == null ? [50, 200] : [min / 1.04, max * 1.04];
// bands of nought to a hundred
const fixed = (low, high) => () => [low, high];
const around0 = (u, min, max) => min == null ? [-1, 1] : uPlot.rangeNum(Math.min(0, min), Math.max(0, max), { min: { pad: 0.08 }, max: { pad: 0.08 } });

// diamonds at times and values
function mark(u, points, size) {
  inside(u, ctx => {
    const r = uPlot.pxRatio;
    ctx.fillStyle = ink('thrust');
    ctx.strokeStyle = ink('page');
    ctx.lineWidth = 1.5 * r;
    for (const [s, v] of points) if (v != null && s >= u.scales.x.min && s <= u.scales.x.max) diamond(ctx, u.valToPos(s, 'x', true), u.valToPos(v, 'y', true), size * r);
  });
}

function dots(u) {
  const [xs, ys] = u.data;
  mark(u, [...new Set(D.thrusts.filter(t => D.marked[t[1]]).map(t => t[0]))].map(s => [s, ys[lastDefined(ys, nearest(xs, s))]]), 4);
}

function lanes(u) {
  const { ctx, bbox } = u, r = uPlot.pxRatio, n = D.lanes.length, narrow = u.width < 560;
  const y = lane => bbox.top + (lane + (narrow ? 0.72 : 0.5)) * bbox.height / n;
  D.lanes.forEach((title, lane) => {
    ctx.fillStyle = ink('grid');
    ctx.fillRect(bbox.left, Math.round(y(lane)), bbox.width, r);
    ctx.fillStyle = ink('muted');
    ctx.font = font(narrow ? 12 : 11);
    ctx.textBaseline = narrow ? 'bottom' : 'middle';
    ctx.textAlign = 'left';
    const fired = D.thrusts.filter(t => t[1] === lane && t[0] >= u.scales.x.min && t[0] <= u.scales.x.max).length;
    const left = narrow ? bbox.left : bbox.left + bbox.width + 10 * r, width = u.ctx.canvas.width - left - 2 * r;
    const lines = folded(ctx, title, ` · ${fired}`, width, narrow ? 1 : 2);
    lines.forEach((text, at) => ctx.fillText(text, left, y(lane) - (narrow ? 6 : 7 * (lines.length - 1) - 14 * at) * r));
  });
  inside(u, () => {
    ctx.fillStyle = ink('thrust');
    ctx.strokeStyle = ink('page');
    ctx.lineWidth = 1.5 * r;
    for (const [s, lane] of D.thrusts) if (s >= u.scales.x.min && s <= u.scales.x.max) diamond(ctx, u.valToPos(s, 'x', true), y(lane), 4.5 * r);
  });
}

const area = (colour, values) => ({ values, colour, fill: colour + '-soft', width: 1, quiet: true });

const CHARTS = {
  index: { height: 320, log: true, unit: number, series: [{ values: D.index, colour: 'ink', label: 'Index', width: 1.5 }], over: u => dots(u) },
  lanes: { height: Math.max(90, 44 + 31 * D.lanes.length), bare: true, unit: () => '', series: [], over: lanes },
  ad: { unit: number, series: [{ values: D.ad, colour: 'up', label: 'A/D line' }] },
  mcc: { unit: number, range: around0, base: 0, height: 220, series: [area('up', positive(D.mcc)), area('down', negative(D.mcc))], read: [{ values: D.mcc, label: 'Oscillator', colour: 'ink', digits: 1 }] },
  mccsum: { unit: number, range: around0, base: 0, series: [{ values: D.mccsum, colour: 'ink', label: 'Summation' }] },
  above: { unit: percent, range: fixed(0, 100), base: 50, series: [{ values: D.above50, colour: 'up-pale', label: '50-day', width: 1, digits: 1 }, { values: D.above200, colour: 'up', label: '200-day', width: 2, digits: 1 }] },
  hilo: { unit: v => number(Math.abs(v)), range: around0, base: 0, series: [area('up', D.highs), area('down', D.lows.map(v => v == null ? null : -v))], read: [{ values: D.highs, label: 'New highs', colour: 'up' }, { values: D.lows, label: 'New lows', colour: 'down' }] },
  score: {
    unit: number, range: fixed(0, 100), series: [{ values: D.score, colour: 'ink', label: 'Score', width: 1.25, digits: 1 }],
    under: u => { band(u, 60, 100, ink('up-faint')); band(u, 0, 40, ink('down-faint')); rule(u, 60, ink('up'), 'buy from 60'); rule(u, 40, ink('down'), 'sell up to 40'); },
  },
  equity: { height: 320, test: true, log: true, unit: number, series: curves(''), read: curves('').reverse(), under: taken, over: takenDots },
  drawdown: { test: true, under: taken, read: curves('Fall').reverse(), unit: percent, base: 0, series: curves('Fall'), range: (u, min) => [Math.min(-1, (min ?? -1) * 1.08), 0] },
  exposure: { height: 130, test: true, under: taken, unit: percent, series: [{ ...area('strategy', D.exposure ?? []), label: 'Invested', digits: 1 }], range: (u, min, max) => [0, Math.max(100, max ?? 100)] },
  sharpe: {
    height: 180, test: true, under: taken, unit: (v, digits) => number(v, digits || 1), range: around0, base: 0,
    series: [{ values: D.rollingIndex ?? [], colour: 'ink', label: 'Index held', width: 1.25, digits: 2 }, { values: D.rolling ?? [], colour: 'strategy', label: 'Strategy', width: 2.25, digits: 2 }],
  },
};

const many = () => (D.taken ?? []).length > 30;

// the signals that were traded: a line through each chart of the backtest, a diamond on its curve
function taken(u) {
  inside(u, ctx => {
    ctx.fillStyle = ink('thrust');
    ctx.globalAlpha = many() ? 0.12 : 0.3;
    for (const s of D.taken ?? []) ctx.fillRect(Math.round(u.valToPos(s, 'x', true)), u.bbox.top, uPlot.pxRatio, u.bbox.height);
  });
}

function takenDots(u) {
  const xs = u.data[0], own = u.data[u.data.length - 1];
  mark(u, (D.taken ?? []).map(s => [s, own[nearest(xs, s)]]), many() ? 3 : 4.5);
}

function curves(kind) {
  const digits = 1;
  return [
    { values: D['basket' + kind] ?? [], colour: 'basket', label: 'Basket held', width: 1.25, dash: [5, 3], digits },
    { values: D['hold' + kind] ?? [], colour: 'ink', label: 'Index held', width: 1.25, digits },
    { values: D['strategy' + kind] ?? [], colour: 'strategy', label: 'Strategy', width: 2.25, digits },
  ];
}

// the index of the date nearest to a time
function nearest(xs, s) {
  let low = 0, high = xs.length - 1;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (xs[mid] < s) low = mid + 1; else high = mid;
  }
  return low > 0 && s - xs[low - 1] < xs[low] - s ? low - 1 : low;
}
