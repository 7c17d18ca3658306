// Steering: keys, fingers, buttons, the scheme, the printer.
// puts the crosshair on a date; a change of range takes effect only when the running script yields
async function moveTo(p, i) {
  const xs = p.u.data[0], { min, max } = p.u.scales.x;
  i = Math.max(0, Math.min(xs.length - 1, i));
  if (xs[i] < min || xs[i] > max) show(xs[i] < min ? xs[i] : min + xs[i] - max, xs[i] < min ? max - min + xs[i] : xs[i]);
  await null;
  p.u.setCursor({ left: p.u.valToPos(xs[i], 'x'), top: 10 }, true, true);
  stamp(xs[i]);
  return xs[i];
}

async function key(p, e) {
  const { min, max } = p.u.scales.x, step = e.shiftKey ? 20 : 1, now = p.u.cursor.idx ?? seen(p.u, p.u.data[0]);
  const middle = p.u.cursor.idx == null ? max : p.u.data[0][now];
  const zoom = by => show(Math.max(D.span[0], middle - (middle - min) * by), Math.min(D.span[1], middle + (max - middle) * by));
  const act = { ArrowLeft: () => moveTo(p, now - step), ArrowRight: () => moveTo(p, now + step), Home: () => moveTo(p, 0), End: () => moveTo(p, p.u.data[0].length - 1), '+': () => zoom(0.5), '=': () => zoom(0.5), '-': () => zoom(2), Escape: () => range(0) }[e.key];
  if (!act || e.ctrlKey || e.metaKey || e.altKey) return;
  e.preventDefault();
  const s = await act();
  if (s != null) document.getElementById('say').textContent = `${day(s)}${thinAt(s)}: ${p.host.parentNode.querySelector('.readout').textContent}`;
}

function build() {
  for (const host of document.querySelectorAll('.plot')) {
    const id = host.dataset.chart, c = CHARTS[id], xs = c.test ? D.bx : D.x;
    c.series = only(c.series);
    const data = [xs, ...(c.series.length ? c.series.map(s => s.values) : [xs.map(() => null)])];
    const p = { id, c, host, u: new uPlot(options(id, c, host), data, host) };
    plots.push(p);
    host.addEventListener('keydown', e => key(p, e));
    // a finger reads values; moving it up or down scrolls the page as usual
    p.u.over.addEventListener('pointermove', e => {
      if (e.pointerType === 'touch') moveTo(p, p.u.posToIdx(e.clientX - p.u.over.getBoundingClientRect().left));
    });
  }
  range(0);
}

function fit(width) {
  for (const { u, c, host } of plots) {
    u.setSize({ width: width ?? host.clientWidth, height: u.height });
    u.redraw(false, true);
  }
}

const repaint = () => plots.forEach(p => p.u.redraw(false, true));

function save() {
  const columns = ['index', 'ad', 'mcc', 'mccsum', 'above50', 'above200', 'highs', 'lows', 'score'].filter(k => D[k].length);
  const rows = D.x.map((s, i) => [new Date(s * 1000).toISOString().slice(0, D.daily ? 10 : 19), ...columns.map(k => D[k][i] ?? ''), D.thin.includes(s) ? 1 : ''].join(','));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([['date', ...columns, 'thin'].join(',') + '\n' + rows.join('\n') + '\n'], { type: 'text/csv' }));
  link.download = 'breadth.csv';
  link.click();
  URL.revokeObjectURL(link.href);
}

function steer() {
  document.querySelectorAll('.toolbar').forEach(t => { t.hidden = false; });
  document.querySelectorAll('[data-years]').forEach(b => b.addEventListener('click', () => range(+b.dataset.years)));
  document.querySelectorAll('.goto').forEach(b => b.addEventListener('click', () => {
    const s = +b.dataset.ts, half = 200 * 86400;
    const market = plots.find(p => !p.c.test) ?? plots[0];
    show(Math.max(D.x[0], s - half), Math.min(D.x[D.x.length - 1], s + half));
    moveTo(market, nearest(market.u.data[0], s));
    document.getElementById('charts').scrollIntoView();
    market.host.focus({ preventScroll: true });
  }));
  const episodes = [...document.querySelectorAll('.episode')];
  document.querySelectorAll('.unfold').forEach(b => {
    b.hidden = false;
    b.addEventListener('click', () => {
      const open = episodes.some(e => !e.open);
      episodes.forEach(e => { e.open = open; });
      b.textContent = open ? 'Fold all' : 'Unfold all';
    });
  });
  const csv = document.getElementById('csv');
  if (csv) { csv.hidden = false; csv.addEventListener('click', save); }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
  let waiting = 0;
  window.addEventListener('resize', () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => fit()); });
  // paper: light colours, a fixed width, everything unfolded but the trades and the longest tables
  const folded = () => document.querySelectorAll('details:not(.episode):not(.data):not(.every):not([open])');
  let opened = [];
  window.addEventListener('beforeprint', () => { root.classList.add('paper'); opened = [...folded()]; opened.forEach(d => { d.open = true; }); fit(690); });
  window.addEventListener('afterprint', () => { root.classList.remove('paper'); opened.forEach(d => { d.open = false; }); fit(); });
}

if (document.querySelector('.plot')) build();
steer();
