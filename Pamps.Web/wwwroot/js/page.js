// The page as a whole: restored by Back, and offline.
import { words, announce } from './words.js';

const epoch = () => document.cookie.match(/(?:^|; )epoch=([^;]*)/)?.[1] ?? '';

// A kept page may belong to whoever was signed in before.
addEventListener('pageshow', event => {
  if (event.persisted && epoch() !== (document.documentElement.dataset.epoch ?? '')) location.reload();
});

let banner;
function connection() {
  if (navigator.onLine === !banner) return;
  if (banner) {
    banner.remove();
    banner = undefined;
  } else {
    banner = document.createElement('p');
    banner.className = 'offline';
    banner.textContent = words.offline;
    document.querySelector('.bar')?.after(banner);
  }
  announce(banner ? words.offline : words.online);
}
addEventListener('online', connection);
addEventListener('offline', connection);
connection();

// The main post of a thread is what one came for: ancestors stay above the fold line.
const main = document.querySelector('.ancestor ~ .main-post');
if (main && !location.hash && performance.getEntriesByType('navigation')[0]?.type === 'navigate') {
  main.scrollIntoView({ block: 'start', behavior: 'instant' });
}
