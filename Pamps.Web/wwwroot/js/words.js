// What scripts say: sentences come with the page in its language, and are both shown and announced.
const bag = document.getElementById('words')?.dataset ?? {};
const one = new Intl.PluralRules(document.documentElement.lang || 'en');

export const words = bag;
export const number = value => new Intl.NumberFormat(document.documentElement.lang).format(value);
export const fill = (sentence, value) => (sentence ?? '').replace('{0}', value);

/** A sentence with a count: `name` stands for `name-one` and `name-other`. */
export const count = (name, value) =>
  fill(bag[name + (one.select(value) === 'one' ? 'One' : 'Other')], number(value));

/** Says something to screen readers, politely. */
export function announce(message) {
  const region = document.getElementById('live');
  if (region) {
    region.textContent = '';
    requestAnimationFrame(() => { region.textContent = message; });
  }
}

/**
 * Shows a message for a while; it waits while pointer or focus is on it. Who acted by keyboard gets the focus on its
 * button, which the way there by Tab would take longer than the message stays; it goes on to `next` from there.
 */
export function toast(message, { label, action, seconds = 6, focus = false, next } = {}) {
  const box = document.createElement('div');
  box.className = 'toast';
  const text = document.createElement('span');
  text.textContent = message;
  box.append(text);
  let timer;
  const close = () => {
    clearTimeout(timer);
    const focused = box.contains(document.activeElement);
    box.remove();
    if (focused) (next?.isConnected ? next : document.querySelector('main'))?.focus();
  };
  const start = () => { clearTimeout(timer); timer = setTimeout(close, seconds * 1000); };
  if (action) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', () => { close(); action(); });
    box.append(button);
  }
  for (const type of ['mouseenter', 'focusin']) box.addEventListener(type, () => clearTimeout(timer));
  for (const type of ['mouseleave', 'focusout']) box.addEventListener(type, start);
  box.addEventListener('keydown', event => { if (event.key === 'Escape') close(); });
  document.getElementById('toasts')?.append(box);
  announce(message);
  start();
  if (focus) box.querySelector('button')?.focus();
  return close;
}
