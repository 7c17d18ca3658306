// Canvases are drawn at twice the screen's resolution at least, so that the page also prints sharply.
{
  const real = Object.getOwnPropertyDescriptor(window, 'devicePixelRatio');
  if (real && real.get) Object.defineProperty(window, 'devicePixelRatio', { ...real, get: () => Math.max(2, real.get.call(window)) });
}
