// Whoever types a password may look at it.
import { words } from './words.js';

for (const field of document.querySelectorAll('input[data-password]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button quiet';
  button.textContent = words.show;
  button.setAttribute('aria-controls', field.id);
  button.addEventListener('click', () => {
    const hidden = field.type === 'password';
    field.type = hidden ? 'text' : 'password';
    button.textContent = hidden ? words.hide : words.show;
  });
  field.after(button);
}
