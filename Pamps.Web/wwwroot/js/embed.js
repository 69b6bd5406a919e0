// For pages of other sites: puts the comments of Pamps in place of every element with data-pamps-comments.
// The frame is sandboxed and tells nothing but its height.
const origin = new URL(import.meta.url).origin;

for (const place of document.querySelectorAll('[data-pamps-comments]')) {
  if (place.querySelector('iframe')) continue;
  const frame = document.createElement('iframe');
  const id = place.dataset.pampsComments || location.origin + location.pathname;
  frame.src = `${origin}/embed?id=${encodeURIComponent(id)}`;
  frame.title = place.dataset.title || 'Pamps';
  frame.loading = 'lazy';
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox');
  frame.style.cssText = 'inline-size:100%;block-size:320px;border:0;color-scheme:normal';
  place.append(frame);
  addEventListener('message', event => {
    if (event.source === frame.contentWindow && event.origin === origin && Number.isFinite(event.data?.pampsHeight)) {
      frame.style.blockSize = `${Math.min(Math.max(event.data.pampsHeight, 120), 20_000)}px`;
    }
  });
}
