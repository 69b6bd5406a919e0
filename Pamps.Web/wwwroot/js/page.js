// The page as a whole: restored by Back, offline, and the moment between two pages.
import { words, announce } from './words.js';

const epoch = () => document.cookie.match(/(?:^|; )epoch=([^;]*)/)?.[1] ?? '';

// A page kept by the browser may belong to whoever was signed in before: nobody else shall see it.
addEventListener('pageshow', event => {
  if (event.persisted && epoch() !== (document.documentElement.dataset.epoch ?? '')) location.reload();
});

let banner;
function connection() {
  if (!navigator.onLine && !banner) {
    banner = document.createElement('p');
    banner.className = 'offline';
    banner.textContent = words.offline;
    document.querySelector('.bar')?.after(banner);
    announce(words.offline);
  } else if (navigator.onLine && banner) {
    banner.remove();
    banner = undefined;
    announce(words.online);
  }
}
addEventListener('online', connection);
addEventListener('offline', connection);
connection();

// The post one opens grows into the page of the post, and back. A name used twice would cancel the whole transition.
let clicked;
document.addEventListener('click', event => { clicked = event.target.closest?.('.post'); }, true);
const named = (element, transition) => {
  if (!element) return;
  element.style.viewTransitionName = 'post';
  transition.finished.finally(() => { element.style.viewTransitionName = ''; }).catch(() => {});
};
const quiet = transition => { for (const name of ['ready', 'finished', 'updateCallbackDone']) transition[name]?.catch(() => {}); };
addEventListener('pageswap', event => {
  if (!event.viewTransition) return;
  quiet(event.viewTransition);
  named(clicked ?? document.querySelector('.main-post'), event.viewTransition);
});
addEventListener('pagereveal', event => {
  if (!event.viewTransition) return;
  quiet(event.viewTransition);
  const from = globalThis.navigation?.activation?.from?.url;
  const id = from && new URL(from).pathname.match(/^\/posts\/(\d+)$/)?.[1];
  named(document.querySelector('.main-post') ?? (id && document.getElementById('post-' + id)), event.viewTransition);
});

// The main post of a thread is what one came for: ancestors stay above the fold line.
const main = document.querySelector('.ancestor ~ .main-post');
if (main && !location.hash && performance.getEntriesByType('navigation')[0]?.type === 'navigate') {
  main.scrollIntoView({ block: 'start', behavior: 'instant' });
}
