// One key for what is done most; never while typing, never with a modifier.

const on = document.body.dataset.keys !== 'off' && !document.querySelector('[data-embed]');
let prefix = 0;

const posts = () => [...document.querySelectorAll('main .post')].filter(post => !post.hidden);
const current = () => document.activeElement?.closest?.('.post');

function step(by) {
  const all = posts();
  if (!all.length) return;
  const at = all.indexOf(current());
  const edge = document.querySelector('.bar')?.getBoundingClientRect().bottom ?? 0;
  const first = Math.max(0, all.findIndex(post => post.getBoundingClientRect().bottom > edge + 8));
  const next = all[at < 0 ? first : Math.min(all.length - 1, Math.max(0, at + by))];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'auto' });
}

const press = selector => { (current() ?? document.querySelector('.main-post'))?.querySelector(selector)?.click(); };
const go = address => { location.href = address; };

const keys = {
  j: () => step(1),
  k: () => step(-1),
  o: () => press('.post-time'),
  r: () => press('[data-key="reply"]'),
  f: () => press('.like'),
  b: () => press('.mark'),
  p: () => press('.post-author'),
  n: () => {
    const field = document.querySelector('form.composer[data-draft="post"] textarea');
    if (field) field.focus();
    else go('/compose');
  },
  s: () => search(),
  '/': () => search(),
  '.': () => document.querySelector('[data-new]')?.click(),
  '?': () => import('./legend.js').then(({ legend }) => legend()),
};
function search() {
  const field = [...document.querySelectorAll('[data-search]')].find(input => input.offsetParent);
  if (field) field.focus();
  else go('/search');
}

if (on) {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector('dialog[open]')) return;
    if (event.target.closest?.('input, textarea, select, [contenteditable]')) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    if (event.timeStamp - prefix < 1500 && prefix) {
      prefix = 0;
      if (event.key === 'h') go('/');
      else if (event.key === 'n') go('/notifications');
      else return;
      event.preventDefault();
      return;
    }
    if (event.key === 'g') { prefix = event.timeStamp; return; }
    const action = keys[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
}
