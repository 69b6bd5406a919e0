// New posts and notifications while the page is visible. Nothing moves under the reader: a pill says what is there.
import { words, count, announce, number } from './words.js';
import { fragment, explain } from './http.js';
import { list, adopt, renumber } from './feed.js';
import { refreshTimes } from './times.js';

const signedIn = document.body.dataset.signedIn;
const topic = list()?.dataset.feed ?? '';
const importing = document.querySelector('[data-import-running]')?.dataset.import;
const plainTitle = document.title;
// A page further down the list is no place for what is new.
const following = topic && !/[?&](max_id|min_id|since_id|cursor)=/.test(location.search);
const waiting = new Set();
const mostLooked = 5;
let source, lastId = '', retryAfter = 1000, timer, spoken = 0, pill;

const newest = () => list()?.querySelector('.post')?.dataset.id ?? '0';
const isNewer = (a, b) => a.length === b.length ? a > b : a.length > b.length;

function connect() {
  if (!signedIn || document.hidden || source || !navigator.onLine) return;
  const topics = ['notifications', ...(following ? [topic] : []), ...(importing ? ['import:' + importing] : [])].join(',');
  source = new EventSource(`/events?topics=${encodeURIComponent(topics)}${lastId ? '&last_event_id=' + encodeURIComponent(lastId) : ''}`);
  source.onopen = () => { retryAfter = 1000; };
  source.onerror = () => {
    // The browser gives up on an answer that is no stream; ask again, less and less often.
    if (source?.readyState === EventSource.CLOSED) {
      disconnect();
      timer = setTimeout(connect, retryAfter);
      retryAfter = Math.min(retryAfter * 2, 60_000);
    }
  };
  for (const type of ['post', 'post.deleted', 'notification', 'unread', 'import', 'reset', 'ready']) {
    source.addEventListener(type, event => {
      lastId = event.lastEventId || lastId;
      receive(type, JSON.parse(event.data || '{}'));
    });
  }
}

function disconnect() {
  clearTimeout(timer);
  source?.close();
  source = undefined;
}

function receive(type, data) {
  const id = String(data.postId ?? data.id ?? '');
  if (type === 'post' && following && id && isNewer(id, newest()) && !document.getElementById('post-' + id)) {
    waiting.add(id);
    offer();
  } else if (type === 'post.deleted') {
    if (waiting.delete(id)) offer();
  } else if (type === 'unread' || type === 'notification') {
    unread(data.count ?? data.unreadCount, data.more);
  } else if (type === 'import') {
    document.dispatchEvent(new CustomEvent('pamps:import', { detail: data }));
  } else if (type === 'reset' || type === 'ready') {
    // What came since the page was made, or was missed in between, no event tells.
    if ('count' in data) unread(data.count, data.more);
    look();
  }
}

function unread(value, more) {
  for (const badge of document.querySelectorAll('[data-unread]')) {
    const total = value ?? Number(badge.dataset.unread) + 1;
    badge.dataset.unread = total;
    badge.hidden = total === 0;
    badge.querySelector('[data-unread-shown]').textContent = more || total > 99 ? '99+' : number(total);
  }
}

async function look() {
  if (!following) return;
  try {
    for (let from = newest(), pages = 0, posts = [{}]; posts.length && pages < mostLooked; pages++, from = posts[0]?.dataset.id) {
      posts = [...(await fragment(`${location.pathname}?min_id=${from}`)).querySelectorAll('.post')];
      for (const post of posts) if (!document.getElementById(post.id)) waiting.add(post.dataset.id);
    }
    offer();
  } catch { /* the next event will tell */ }
}

function offer() {
  document.title = waiting.size ? `(${number(waiting.size)}) ${plainTitle}` : plainTitle;
  if (!waiting.size) { pill?.remove(); pill = undefined; return; }
  if (document.body.dataset.live === 'on' && scrollY < 10 && !document.hidden && document.activeElement === document.body) { reveal(false); return; }
  if (!pill) {
    pill = document.createElement('p');
    pill.className = 'pill';
    const link = document.createElement('a');
    link.className = 'button';
    link.dataset.new = '';
    pill.append(link);
    list().before(pill);
  }
  const link = pill.firstChild;
  link.href = location.pathname;
  link.textContent = count('new', waiting.size);
  if (Date.now() - spoken > 30_000) {
    spoken = Date.now();
    announce(link.textContent);
  }
}

/** Where the newest page does not reach down to what was there, a marker keeps the gap. */
async function reveal(focus) {
  const below = newest();
  try {
    const page = await fragment(location.pathname);
    const all = [...page.querySelectorAll('[data-list] > .post')];
    const reached = all.some(post => !isNewer(post.dataset.id, below));
    const fresh = adopt(all.filter(post => isNewer(post.dataset.id, below)));
    const target = list();
    if (!reached && fresh.length && below !== '0') target.prepend(gap(fresh.at(-1).dataset.id, below));
    target.prepend(...fresh);
    waiting.clear();
    offer();
    refreshTimes(target);
    renumber();
    if (focus && fresh.length) {
      const first = fresh.at(-1);
      scrollTo({ top: 0, behavior: 'instant' });
      first.scrollIntoView({ block: 'nearest', behavior: 'instant' });
      first.focus({ preventScroll: true });
    }
  } catch (error) {
    explain(error.status ?? 0);
  }
}

function gap(above, below) {
  const box = document.createElement('div');
  box.className = 'gap';
  const link = document.createElement('a');
  link.className = 'button quiet';
  link.href = `${location.pathname}?max_id=${above}&min_id=${below}`;
  link.dataset.gap = '';
  link.textContent = words.gap;
  box.append(link);
  return box;
}

async function fillGap(link) {
  const box = link.parentElement;
  const query = new URL(link.href).searchParams;
  link.setAttribute('aria-disabled', 'true');
  try {
    const page = await fragment(link.href);
    const all = [...page.querySelectorAll('[data-list] > .post')];
    const posts = adopt(all);
    // Asked between two posts the API walks up from the lower one: what may be missing lies above what came.
    box.after(...posts);
    if (all.length >= 20) link.href = `${location.pathname}?max_id=${query.get('max_id')}&min_id=${all[0].dataset.id}`;
    else box.remove();
    link.removeAttribute('aria-disabled');
    renumber();
    (posts[0] ?? list().firstElementChild)?.focus();
  } catch (error) {
    link.removeAttribute('aria-disabled');
    explain(error.status ?? 0);
  }
}

document.addEventListener('click', event => {
  const link = event.target.closest('[data-new], [data-gap]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if ('new' in link.dataset) reveal(true);
  else fillGap(link);
});

// A hidden tab keeps no connection: browsers allow six to a host, and an open one spoils the back cache.
document.addEventListener('visibilitychange', () => document.hidden ? disconnect() : connect());
addEventListener('pagehide', disconnect);
addEventListener('pageshow', event => { if (event.persisted) { connect(); look(); } });
addEventListener('online', connect);
addEventListener('offline', disconnect);
connect();
