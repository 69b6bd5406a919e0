// Inside a frame: tells the page around how high the thread is, so that it needs no second scroll bar.
const content = document.querySelector('[data-embed]');
if (content && parent !== window) {
  new ResizeObserver(() => {
    parent.postMessage({ pampsHeight: Math.ceil(content.getBoundingClientRect().height) + 16 }, '*');
  }).observe(content);
}
