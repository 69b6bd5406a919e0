// Like, bookmark, follow at once, and back when it fails; delete, mute and block with a way back.
import { words, count, number, toast, announce, fill } from './words.js';
import { send, explain, fragment } from './http.js';
import { list } from './feed.js';

const inFlight = new WeakMap();

function show(button, on, total) {
  button.setAttribute('aria-pressed', on);
  button.value = String(!on);
  if (button.dataset.action === 'follow') {
    button.classList.toggle('quiet', on);
    const followers = button.closest('.profile')?.querySelector('[data-followers]');
    if (total !== undefined && followers) followers.textContent = count('followers', total);
  } else if (button.dataset.action === 'like') {
    const shown = button.querySelector('[data-count]');
    const likes = total ?? Math.max(0, Number(button.dataset.likes ?? shown.textContent.replace(/\D/g, '')) + (on ? 1 : -1));
    button.dataset.likes = likes;
    shown.textContent = likes ? number(likes) : '';
    button.setAttribute('aria-label', count('like', likes));
  }
}

/** Presses during a request are not lost: when it ends, the last wish is sent if it differs from what was sent. */
async function toggle(button) {
  const before = button.getAttribute('aria-pressed') === 'true';
  show(button, !before);
  if (inFlight.has(button)) return;
  inFlight.set(button, true);
  let sent, confirmed = before;
  try {
    do {
      sent = button.getAttribute('aria-pressed') === 'true';
      const response = await send(button.getAttribute('formaction'), { on: sent });
      const text = await response.text();
      if (!response.ok) {
        show(button, confirmed);
        explain(response.status, text);
        return;
      }
      confirmed = sent;
      if ((button.getAttribute('aria-pressed') === 'true') === sent) show(button, sent, text ? Number(text) : undefined);
    } while ((button.getAttribute('aria-pressed') === 'true') !== sent);
  } catch {
    if ((button.getAttribute('aria-pressed') === 'true') !== confirmed) show(button, confirmed);
    explain(0);
  } finally {
    inFlight.delete(button);
  }
}

async function attempt(address, fields) {
  try {
    const response = await send(address, fields);
    if (response.ok) return true;
    explain(response.status, response.status < 500 ? '' : undefined);
  } catch {
    explain(0);
  }
  return false;
}

/** Hides posts, or shows them again; a list without any is none to assistive technology. */
function conceal(posts, hidden) {
  for (const post of posts) post.hidden = hidden;
  const feed = list();
  if (feed?.matches('[role="feed"]')) feed.hidden = !feed.querySelector(':scope > .post:not([hidden])');
}

async function remove(id, byKeyboard) {
  const post = document.getElementById('post-' + id);
  const next = [post?.nextElementSibling, post?.previousElementSibling].find(other => other?.matches('.post'));
  if (post) conceal([post], true);
  if (!await attempt(`/posts/${id}/delete`, { _handler: 'delete' })) {
    if (post) conceal([post], false);
    return;
  }
  if (!byKeyboard) next?.focus();
  toast(words.deleted, {
    label: words.undo,
    seconds: 8,
    focus: byKeyboard,
    next,
    action: async () => {
      if (await attempt(`/posts/${id}/restore`, {}) && post) {
        conceal([post], false);
        post.focus();
      }
    },
  });
}

async function relate(username, relation, byKeyboard) {
  const posts = [...document.querySelectorAll(`.post[data-author="${CSS.escape(username)}"]`)];
  conceal(posts, true);
  if (!await attempt(`/@${username}/${relation}`, { on: true })) {
    conceal(posts, false);
    return;
  }
  toast(fill(relation === 'mute' ? words.muted : words.blocked, username), {
    label: words.undo,
    seconds: 8,
    focus: byKeyboard,
    next: document.querySelector('main .post:not([hidden])'),
    action: async () => {
      if (!await attempt(`/@${username}/${relation}`, { on: false })) return;
      conceal(posts, false);
      if (byKeyboard) posts[0]?.focus();
    },
  });
}

document.addEventListener('click', event => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  const target = event.target.closest('button[data-action], [data-delete], [data-relation], [data-copy], [data-retry]');
  if (!target) return;
  const menu = target.closest('details[data-menu]');
  if (target.dataset.action) {
    event.preventDefault();
    toggle(target);
  } else if (target.dataset.delete) {
    event.preventDefault();
    // On the page of the post itself there is nothing left to show: the confirm page asks instead.
    if (target.closest('.main-post')) location.href = target.href;
    else remove(target.dataset.delete, event.detail === 0);
  } else if (target.dataset.relation) {
    event.preventDefault();
    relate(target.closest('.post').dataset.author, target.dataset.relation, event.detail === 0);
  } else if ('copy' in target.dataset && navigator.clipboard) {
    event.preventDefault();
    navigator.clipboard.writeText(target.dataset.copy || target.href).then(() => toast(words.copied), () => { if (target.href) location.href = target.href; });
  } else if ('retry' in target.dataset) {
    event.preventDefault();
    retry(target);
  }
  if (menu && event.defaultPrevented) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});

/** Asks again for what could not be had; everything else on the page stays. */
async function retry(link) {
  const block = link.closest('[data-failure]');
  link.setAttribute('aria-disabled', 'true');
  announce(words.loading);
  try {
    const page = await fragment(location.href);
    const kept = document.querySelector('[data-composer]');
    const fresh = [...page.children].filter(child => !(kept && child.matches('[data-composer]')) && !child.matches('h1, .heading'));
    block.replaceWith(...fresh.map(child => document.adoptNode(child)));
    document.dispatchEvent(new Event('pamps:appended'));
  } catch (error) {
    link.removeAttribute('aria-disabled');
    explain(error.status ?? 0, words.failed);
  }
}
