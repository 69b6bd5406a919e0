// Times grow older while a page is open, and only the browser knows the zone its reader lives in.
import { words, fill } from './words.js';

const language = document.documentElement.lang;
const exact = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' });
const thisYear = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
const otherYear = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' });

function ago(at, now) {
  const seconds = (now - at) / 1000;
  if (seconds < 60) return words.now;
  if (seconds < 3600) return fill(words.minutes, Math.floor(seconds / 60));
  if (seconds < 86400) return fill(words.hours, Math.floor(seconds / 3600));
  if (seconds < 604800) return fill(words.days, Math.floor(seconds / 86400));
  return (at.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(at);
}

export function refreshTimes(root = document) {
  const now = new Date();
  for (const time of root.querySelectorAll('time[data-moment]')) {
    const at = new Date(time.dateTime);
    const whole = exact.format(at);
    if (time.title !== whole) {
      time.title = whole;
      time.querySelector('.visually-hidden').textContent = whole;
    }
    const shown = time.querySelector('[data-ago]');
    const text = time.dataset.moment === 'full' ? whole : ago(at, now);
    if (shown.textContent !== text) shown.textContent = text;
  }
}

// Strangers' pages stay without cookies.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (document.body.dataset.signedIn && zone && !document.cookie.includes('tz=' + encodeURIComponent(zone))) {
  document.cookie = `tz=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
}

refreshTimes();
setInterval(() => { if (!document.hidden) refreshTimes(); }, 30_000);
addEventListener('pageshow', event => { if (event.persisted) refreshTimes(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden) refreshTimes(); });
