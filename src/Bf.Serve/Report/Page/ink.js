// Colours come from the style sheet, so that a scheme is defined in one place; what is drawn on a canvas by hand is drawn here.
const root = document.documentElement;
const ink = name => getComputedStyle(root).getPropertyValue('--' + name).trim();
const font = (size, weight = '') => `${weight} ${size * uPlot.pxRatio}px ${getComputedStyle(document.body).fontFamily}`;
// a true minus sign, and none before what is shown as nought
const minus = text => text.replace('-', /[1-9]/.test(text) ? '−' : '');
const number = (v, digits = 0) => v == null ? '–' : minus(v.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }));
const month = at => at.toLocaleDateString('en-US', { month: 'short', timeZone: 'UTC' });
const day = (s, at = new Date(s * 1000)) => `${at.getUTCDate()} ${month(at)} ${at.getUTCFullYear()}`
  + (s % 86400 ? at.toISOString().slice(10, 16).replace('T', ' ') : '');

// the last defined value at or before an index
const lastDefined = (values, at) => {
  for (let i = at; i >= 0; i--) if (values[i] != null) return i;
  return -1;
};

function band(u, from, to, colour) {
  const { ctx, bbox } = u;
  const y0 = Math.max(bbox.top, u.valToPos(to, 'y', true)), y1 = Math.min(bbox.top + bbox.height, u.valToPos(from, 'y', true));
  if (y1 <= y0) return;
  ctx.fillStyle = colour;
  ctx.fillRect(bbox.left, y0, bbox.width, y1 - y0);
}

function rule(u, value, colour, text) {
  const { ctx, bbox } = u, y = Math.round(u.valToPos(value, 'y', true));
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  ctx.fillStyle = colour;
  ctx.fillRect(bbox.left, y, bbox.width, uPlot.pxRatio);
  if (!text || u.width < 560) return;
  ctx.font = font(11);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  ctx.fillText(text, bbox.left + 4 * uPlot.pxRatio, y - 2 * uPlot.pxRatio);
}

// dates on which few symbols have a bar: a grey band behind the lines
function thinBands(u, dates) {
  const { ctx, bbox } = u, r = uPlot.pxRatio;
  ctx.fillStyle = ink('thin');
  for (const s of dates) {
    const x = u.valToPos(s, 'x', true);
    if (x >= bbox.left && x <= bbox.left + bbox.width) ctx.fillRect(Math.round(x - r), bbox.top, Math.max(2 * r, 3), bbox.height);
  }
}

// names at the right end of the lines, moved apart where they would meet
function endLabels(u, labels) {
  const { ctx, bbox } = u, r = uPlot.pxRatio, gap = 14 * r;
  const placed = labels.map(l => ({ ...l, y: u.valToPos(l.value, 'y', true) })).sort((a, b) => a.y - b.y);
  placed.forEach((l, i) => { if (i > 0) l.y = Math.max(l.y, placed[i - 1].y + gap); });
  const over = placed.length ? placed[placed.length - 1].y - (bbox.top + bbox.height) : 0;
  if (over > 0) {
    placed[placed.length - 1].y -= over;
    for (let i = placed.length - 2; i >= 0; i--) placed[i].y = Math.min(placed[i].y, placed[i + 1].y - gap);
  }
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.font = font(12, '600');
  for (const l of placed) {
    ctx.fillStyle = l.colour;
    ctx.fillText(l.text, bbox.left + bbox.width + 6 * r, l.y);
  }
}

// a title that fits, shortened where it must be
function fitted(ctx, title, tail, width) {
  let text = title;
  for (let n = title.length; n > 1 && ctx.measureText(text + tail).width > width; n--) text = title.slice(0, n - 1).trimEnd() + '…';
  return text + tail;
}

// a text with its tail in at most so many lines, broken between words
function folded(ctx, title, tail, width, most) {
  const words = title.split(' '), first = [];
  if (most < 2 || ctx.measureText(title + tail).width <= width) return [fitted(ctx, title, tail, width)];
  while (words.length > 1 && (first.length === 0 || ctx.measureText([...first, words[0]].join(' ')).width <= width)) first.push(words.shift());
  return [first.join(' '), fitted(ctx, words.join(' '), tail, width)];
}

// a diamond with a rim in the page's colour, so that marks that meet stay apart
function diamond(ctx, x, y, size) {
  ctx.beginPath();
  ctx.moveTo(x, y - size);
  ctx.lineTo(x + size, y);
  ctx.lineTo(x, y + size);
  ctx.lineTo(x - size, y);
  ctx.closePath();
  ctx.stroke();
  ctx.fill();
}

// runs a drawing confined to the plot's area
function inside(u, draw) {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left - 6, bbox.top - 6, bbox.width + 12, bbox.height + 12);
  ctx.clip();
  draw(ctx);
  ctx.restore();
}
