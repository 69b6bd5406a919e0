// People after @ and tags after #, offered while typing; arrows choose, Enter or Tab takes, Escape closes.
import { parse } from './http.js';
import { words } from './words.js';

const before = /(?:^|[^\p{L}\p{N}_@#/])([@#])([\p{L}\p{N}_]{1,30})$/u;
let lists = 0;

export function suggest(field) {
  const list = document.createElement('div');
  list.className = 'suggest';
  list.id = 'suggest-' + ++lists;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', words.suggestions);
  list.hidden = true;
  field.parentElement.append(list);
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('autocomplete', 'off');
  let asked = 0, chosen = -1, timer;

  const options = () => [...list.querySelectorAll('[role="option"]')];
  function close() {
    // What is still on its way comes too late.
    clearTimeout(timer);
    asked++;
    list.hidden = true;
    chosen = -1;
    field.removeAttribute('aria-activedescendant');
    field.removeAttribute('aria-controls');
  }
  function choose(index) {
    const all = options();
    chosen = (index + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute('aria-selected', at === chosen));
    field.setAttribute('aria-activedescendant', all[chosen].id);
  }
  function take(option) {
    const start = field.value.slice(0, field.selectionStart).replace(/[@#][^@#]*$/, option.dataset.value + ' ');
    const rest = field.value.slice(field.selectionStart);
    field.value = start + rest;
    field.setSelectionRange(start.length, start.length);
    close();
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  async function ask(sign, word) {
    const number = ++asked;
    try {
      const response = await fetch(`/suggest?kind=${sign === '@' ? 'accounts' : 'tags'}&q=${encodeURIComponent(word)}`, { headers: { 'Pamps-Script': '1' } });
      if (!response.ok || number !== asked) return;
      list.replaceChildren(...parse(await response.text()).body.children);
      options().forEach((option, at) => { option.id = `${list.id}-${at}`; });
      list.hidden = options().length === 0;
      if (list.hidden) close();
      else { field.setAttribute('aria-controls', list.id); choose(0); }
    } catch { /* a comfort */ }
  }

  function look() {
    clearTimeout(timer);
    const match = field.value.slice(0, field.selectionStart).match(before);
    if (!match) { close(); return; }
    timer = setTimeout(() => ask(match[1], match[2]), 150);
  }
  field.addEventListener('input', look);
  field.addEventListener('keydown', event => {
    if (list.hidden) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') choose(chosen + (event.key === 'ArrowDown' ? 1 : -1));
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') take(options()[chosen]);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener('mousedown', event => {
    const option = event.target.closest('[role="option"]');
    if (option) { event.preventDefault(); take(option); }
  });
  field.addEventListener('blur', close);
  // Whoever types fast has begun before this was here.
  look();
}
