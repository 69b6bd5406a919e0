// Writing: counting what people see as characters, keeping drafts, sending without losing a word.
import { words, count, number, announce, toast } from './words.js';
import { explain, parse, signIn } from './http.js';

const segmenter = new Intl.Segmenter(document.documentElement.lang, { granularity: 'grapheme' });
const links = /https?:\/\/[^\s<>"]+/gi;
const owner = document.querySelector('.account-menu .avatar') ? (document.querySelector('.account-menu a')?.pathname ?? '') : '';
const keyOf = form => `draft:${owner}:${form.dataset.draft}`;

export function lengthOf(text, urlWeight) {
  let urls = 0;
  const rest = text.replace(links, () => { urls++; return ''; });
  let length = urls * urlWeight;
  for (const _ of segmenter.segment(rest.normalize('NFC'))) length++;
  return length;
}

function store(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

// Leaving asks first only where drafts cannot be kept: the question costs a page its place in the back cache.
const ask = event => event.preventDefault();

function enhance(form) {
  const field = form.querySelector('textarea[name="text"]');
  const counter = form.querySelector('[data-counter]');
  const button = form.querySelector('[data-send]');
  const limit = Number(field.dataset.limit);
  const initial = field.defaultValue;
  let announced = '';

  function counted() {
    if (!limit) return true;
    const left = limit - lengthOf(field.value.trim(), Number(field.dataset.urlWeight));
    counter.hidden = field.value.length === 0;
    counter.textContent = number(left);
    counter.classList.toggle('near', left <= 20 && left >= 0);
    counter.classList.toggle('over', left < 0);
    const level = left < 0 ? 'over' : left <= 20 ? 'near' : '';
    if (level !== announced) {
      announced = level;
      if (level) announce(level === 'over' ? count('over', -left) : count('left', left));
    }
    return left >= 0;
  }

  function changed() {
    counted();
    const kept = store(keyOf(form), field.value === initial ? '' : field.value);
    removeEventListener('beforeunload', ask);
    if (!kept && field.value.trim() && field.value !== initial) addEventListener('beforeunload', ask);
  }

  let draft = null;
  try { draft = localStorage.getItem(keyOf(form)); } catch { /* no drafts in this browser */ }
  if (draft && draft !== field.value && (field.value === '' || form.dataset.draft.startsWith('edit:'))) {
    field.value = draft;
    toast(words.draft, { label: words.discard, action: () => { field.value = initial; changed(); field.focus(); }, seconds: 8 });
  }
  counted();

  field.addEventListener('input', changed);
  field.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(button);
    }
  });
  for (const type of ['paste', 'drop']) {
    field.addEventListener(type, event => {
      if ((event.clipboardData ?? event.dataTransfer)?.files.length) {
        event.preventDefault();
        toast(words.textOnly);
      }
    });
  }
  const suggesting = () => import('./suggest.js').then(({ suggest }) => suggest(field));
  if (document.activeElement === field) suggesting();
  else field.addEventListener('focus', suggesting, { once: true });

  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (button.getAttribute('aria-disabled') === 'true') return;
    if (!field.value.trim()) { field.focus(); return; }
    const label = button.textContent;
    button.setAttribute('aria-disabled', 'true');
    button.textContent = words.sending;
    const unlock = () => { button.removeAttribute('aria-disabled'); button.textContent = label; };
    try {
      const response = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { 'Pamps-Script': '1' } });
      if (response.status === 201) {
        store(keyOf(form), '');
        removeEventListener('beforeunload', ask);
        arrive(response.headers.get('Location') ?? '/');
        return;
      }
      unlock();
      if (response.status === 401) { toast(words.session, { label: words.retry, action: signIn, seconds: 12 }); return; }
      // Signed in anew in another tab: the token is stale, and the ordinary way shows the text with a fresh one.
      if (response.status === 400) { form.submit(); return; }
      refuse(form, field, parse(await response.text()));
    } catch {
      unlock();
      explain(0);
    }
  });
}

/** Goes where the new post is; on the same page that means loading it again. */
function arrive(address) {
  const target = new URL(address, location.href);
  if (target.pathname === location.pathname && target.search === location.search) {
    history.replaceState(null, '', target);
    location.reload();
  } else {
    location.href = target;
  }
}

/** Takes the explanation and the fresh hidden fields; the text stays as it is. */
function refuse(form, field, page) {
  const again = page.querySelector('[data-composer]');
  const problem = again?.querySelector('.form-problem');
  form.querySelector('.form-problem')?.remove();
  if (!problem) { toast(words.failed); return; }
  for (const name of ['key', 'version']) {
    const fresh = again.querySelector(`[name="${name}"]`)?.value;
    if (fresh) form.elements[name].value = fresh;
  }
  form.prepend(document.adoptNode(problem));
  form.querySelector('.form-problem').focus();
  field.setAttribute('aria-invalid', 'true');
}

for (const form of document.querySelectorAll('form[data-composer]')) enhance(form);

// Who signs out leaves nothing readable behind on a shared computer.
document.addEventListener('click', event => {
  if (event.target.closest('[formaction="/sign-out"]')) {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(`draft:${owner}:`)) localStorage.removeItem(key);
    } catch { /* nothing was kept */ }
  }
});
