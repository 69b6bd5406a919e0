// Comforts of forms.
import { words } from './words.js';

for (const field of document.querySelectorAll('input[data-password]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button quiet';
  button.setAttribute('aria-controls', field.id);
  // Short for the eye, so that the field keeps its width on a phone.
  const offer = show => {
    button.textContent = show ? words.show : words.hide;
    button.ariaLabel = show ? words.showPassword : words.hidePassword;
  };
  offer(true);
  button.addEventListener('click', () => {
    const hidden = field.type === 'password';
    field.type = hidden ? 'text' : 'password';
    offer(!hidden);
  });
  field.after(button);
}
for (const element of document.querySelectorAll('[data-scripted]')) element.hidden = false;

const problem = document.querySelector('.form-problem');
if (problem) {
  problem.focus();
  problem.addEventListener('click', event => {
    const id = event.target.closest('a')?.hash.slice(1);
    if (id && document.getElementById(id)) {
      event.preventDefault();
      document.getElementById(id).focus();
    }
  });
}

// A second press would send a form twice.
document.addEventListener('submit', event => {
  const form = event.target;
  if (form.matches('[data-composer], [data-upload]') || form.method !== 'post' || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  else form.dataset.sent = 'true';
});
addEventListener('pageshow', () => document.querySelectorAll('[data-sent]').forEach(form => { delete form.dataset.sent; }));
