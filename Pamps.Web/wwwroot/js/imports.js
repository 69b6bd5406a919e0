// Files of debts: dropped or chosen, sent with a bar that moves, then followed over the live stream.
import { words, announce, number, fill, toast } from './words.js';
import { fragment, signIn } from './http.js';

const running = () => document.querySelector('[data-import-running]');
const pair = (sentence, a, b) => (sentence ?? '').replace('{0}', a).replace('{1}', b);
const megabytes = bytes => new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(bytes / 1e6) + ' MB';
const plural = new Intl.PluralRules(document.documentElement.lang || 'en');

// Quarters are enough for who listens; the bar is for who looks.
const heard = new Map();
function say(name, label, share) {
  const quarter = Math.floor(4 * share);
  if (quarter > (heard.get(name) ?? 0)) announce(`${label}: ${25 * quarter} %`);
  heard.set(name, Math.max(quarter, heard.get(name) ?? 0));
}

function step(name, done, of, text) {
  const bar = document.querySelector(`[data-step="${name}"]`);
  if (!bar) return;
  bar.max = Math.max(1, of);
  bar.value = done;
  document.querySelector(`[data-step-text="${name}"]`).textContent = text;
  if (of) say(name, bar.labels[0]?.textContent ?? '', done / of);
}

let told = 0;
/** What the stream says of an import; at the end the whole is asked for, with the rows that were refused. */
function advance(counts) {
  const part = running();
  if (!part || String(counts.importId) !== part.dataset.import) return;
  told = performance.now();
  const rows = fill(plural.select(counts.rowsRead) === 'one' ? part.dataset.rowsOne : part.dataset.rowsOther, number(counts.rowsRead));
  step('read', counts.bytesRead, counts.bytes, rows);
  for (const [name, done] of [['issued', counts.issued], ['mailed', counts.mailed]]) {
    step(name, done, counts.accepted, pair(part.dataset.of, number(done), number(counts.accepted)));
  }
  for (const name of ['accepted', 'duplicates', 'rejected', 'failed']) {
    const fact = document.querySelector(`[data-fact="${name}"]`);
    if (fact) fact.textContent = number(counts[name]);
  }
  if (counts.state === 'done' && counts.mailed + counts.failed >= counts.accepted) refresh().catch(() => {});
}

document.addEventListener('pamps:import', event => advance(event.detail));

async function refresh() {
  const fresh = (await fragment(location.href)).querySelector('[data-import]');
  if (fresh) running()?.replaceWith(document.adoptNode(fresh));
}

// A stream may be away: then ask.
if (running()) {
  const timer = setInterval(() => {
    if (!running()) clearInterval(timer);
    else if (!document.hidden && performance.now() - told > 3000) refresh().catch(() => {});
  }, 3000);
}

function uploads(form) {
  const field = form.querySelector('input[type="file"]');
  const drop = form.querySelector('[data-drop]');
  const part = form.querySelector('[data-upload-progress]');
  const bar = part.querySelector('progress');
  const text = part.querySelector('[data-upload-text]');
  const cancel = form.querySelector('[data-upload-cancel]');
  const send = form.querySelector('[type="submit"]');

  for (const type of ['dragenter', 'dragover']) {
    drop.addEventListener(type, event => { event.preventDefault(); drop.classList.add('over'); });
  }
  for (const type of ['dragleave', 'drop']) drop.addEventListener(type, () => drop.classList.remove('over'));
  drop.addEventListener('drop', event => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    announce(field.files[0].name);
  });

  form.addEventListener('submit', event => {
    event.preventDefault();
    if (send.getAttribute('aria-disabled')) return;
    const request = new XMLHttpRequest();
    const end = message => {
      send.removeAttribute('aria-disabled');
      cancel.hidden = part.hidden = true;
      if (message) toast(message, { seconds: 12 });
    };
    request.open('POST', form.action);
    request.setRequestHeader('Pamps-Script', '1');
    request.setRequestHeader('RequestVerificationToken', form.elements.__RequestVerificationToken.value);
    request.upload.addEventListener('progress', progress => {
      bar.max = progress.total || 1;
      bar.value = progress.loaded;
      text.textContent = progress.loaded < progress.total ? pair(part.dataset.of, megabytes(progress.loaded), megabytes(progress.total)) : part.dataset.stored;
      say('upload', bar.labels[0].textContent, progress.loaded / (progress.total || 1));
    });
    request.addEventListener('load', () => {
      if (request.status === 200) location.href = '/billing/imports/' + encodeURIComponent(request.responseText);
      else if (request.status === 401) { end(); toast(words.session, { label: words.retry, action: signIn, seconds: 12 }); }
      else end(request.status < 500 && request.responseText || words.failed);
    });
    request.addEventListener('error', () => end(navigator.onLine ? words.failed : words.offline));
    request.addEventListener('abort', () => end());
    cancel.onclick = () => { request.abort(); send.focus(); };
    send.setAttribute('aria-disabled', 'true');
    cancel.hidden = part.hidden = false;
    heard.delete('upload');
    request.send(new FormData(form));
  });
}

for (const form of document.querySelectorAll('form[data-upload]')) uploads(form);
