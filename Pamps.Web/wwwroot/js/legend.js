// The dialog that explains the keys: the page of shortcuts, without leaving this one.
import { fragment } from './http.js';
import { words } from './words.js';

export async function legend() {
  const page = await fragment('/shortcuts');
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'legend-title');
  const title = document.createElement('h2');
  title.id = 'legend-title';
  title.textContent = page.querySelector('h1').textContent;
  const close = document.createElement('button');
  close.className = 'button quiet';
  close.textContent = words.close;
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  dialog.append(title, document.adoptNode(page.querySelector('[data-shortcuts]')), close);
  document.body.append(dialog);
  dialog.showModal();
}
