// Long lists: the link to the next page is pressed for the reader, and Back finds the place again, by post.
import { words, announce } from './words.js';
import { fragment, explain } from './http.js';
import { refreshTimes } from './times.js';

const atATime = 3;
// As many as Back can fetch again: every place of a page can be restored, and a page never holds the memory of many.
const mostAppended = 100;
const mostRestored = 5;

export const list = () => document.querySelector('main [data-list]');
let more = document.querySelector('main [data-more]');
let pressedByItself = 0;
let appended = 0;
let loading = false;
const addresses = [];

export function adopt(items) {
  return [...items].filter(item => !item.id || !document.getElementById(item.id)).map(item => document.adoptNode(item));
}

export function renumber() {
  list()?.querySelectorAll(':scope > .post').forEach((post, index) => post.setAttribute('aria-posinset', index + 1));
}

async function load() {
  const link = more?.querySelector('a');
  const target = list();
  if (!link || !target || loading) return false;
  loading = true;
  target.setAttribute('aria-busy', 'true');
  const placeholder = document.createElement('div');
  placeholder.className = 'placeholder';
  const slow = setTimeout(() => { target.append(placeholder); announce(words.loading); }, 300);
  try {
    const page = await fragment(link.href);
    const items = adopt(page.querySelector('[data-list]')?.children ?? []);
    clearTimeout(slow);
    placeholder.remove();
    target.append(...items);
    refreshTimes(target);
    renumber();
    appended += items.length;
    addresses.push(link.getAttribute('href'));
    const next = page.querySelector('[data-more], [data-end]');
    if (next) more.replaceWith(document.adoptNode(next));
    else more.remove();
    more = document.querySelector('main [data-more]');
    watch();
    remember();
    return true;
  } catch (error) {
    explain(error.status ?? 0);
    pressedByItself = atATime;
    return false;
  } finally {
    clearTimeout(slow);
    placeholder.remove();
    target.removeAttribute('aria-busy');
    loading = false;
  }
}

const observer = new IntersectionObserver(entries => {
  if (entries.some(entry => entry.isIntersecting) && pressedByItself < atATime && appended < mostAppended) {
    pressedByItself++;
    load();
  }
}, { rootMargin: '600px 0px' });
const watch = () => { observer.disconnect(); if (more) observer.observe(more); };

document.addEventListener('click', event => {
  const link = event.target.closest('main [data-more] a');
  // Beyond this the link is followed for real: a page that only grows would take the memory of the tab.
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || appended >= mostAppended) return;
  event.preventDefault();
  pressedByItself = 0;
  const last = list()?.lastElementChild;
  load().then(loaded => { if (loaded && event.detail === 0) last?.nextElementSibling?.focus?.(); });
});

function topPost() {
  const edge = document.querySelector('.bar')?.getBoundingClientRect().bottom ?? 0;
  for (const post of list()?.querySelectorAll('.post') ?? []) {
    const box = post.getBoundingClientRect();
    if (box.bottom > edge + 8) return { id: post.id, offset: Math.round(box.top) };
  }
  return null;
}

function remember() {
  if (!list()) return;
  const focused = document.activeElement?.closest('.post')?.id;
  history.replaceState({ ...history.state, addresses: addresses.slice(-mostRestored), top: scrollY > 0 ? topPost() : null, focused }, '');
}

let settle;
addEventListener('scroll', () => { clearTimeout(settle); settle = setTimeout(remember, 150); }, { passive: true });
document.addEventListener('click', remember, true);

/** The browser keeps the offset, but not the posts that were appended: fetch them again, then find the post. */
async function restore() {
  const state = history.state;
  const kind = performance.getEntriesByType('navigation')[0]?.type;
  if (!state || (kind !== 'back_forward' && kind !== 'reload')) return;
  if (!state.addresses?.length) { refocus(state); return; }
  history.scrollRestoration = 'manual';
  for (let rounds = 0; rounds < mostRestored && more && !document.getElementById(state.top?.id ?? ''); rounds++) {
    if (!await load()) break;
  }
  const post = state.top && document.getElementById(state.top.id);
  if (post) {
    post.scrollIntoView({ block: 'start', behavior: 'instant' });
    // Posts take their real height when they come near the window, which moves what is below them.
    for (let frame = 0; frame < 4; frame++) {
      scrollBy({ top: post.getBoundingClientRect().top - state.top.offset, behavior: 'instant' });
      await new Promise(done => document.hidden ? done() : requestAnimationFrame(done));
    }
  }
  history.scrollRestoration = 'auto';
  refocus(state);
}

/** Whoever reads by keyboard goes on from the post that was opened. */
function refocus(state) {
  if (document.activeElement === document.body) document.getElementById(state.focused ?? '')?.focus({ preventScroll: true });
}

// Some browsers lose it when they keep a page.
addEventListener('pageshow', event => { if (event.persisted) refocus(history.state ?? {}); });
document.addEventListener('pamps:appended', () => { more = document.querySelector('main [data-more]'); watch(); renumber(); });
restore().finally(watch);
