// Menus are native disclosures; here they learn to close by Escape and by a press elsewhere.
const open = () => document.querySelector('details[data-menu][open]');

document.addEventListener('toggle', event => {
  if (event.target.matches?.('details[data-menu]') && event.target.open) {
    for (const other of document.querySelectorAll('details[data-menu][open]')) if (other !== event.target) other.open = false;
  }
}, true);
document.addEventListener('click', event => {
  const menu = open();
  if (menu && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener('keydown', event => {
  const menu = open();
  if (!menu || event.key !== 'Escape') return;
  menu.open = false;
  menu.querySelector('summary').focus();
});
document.addEventListener('focusout', event => {
  const menu = event.target.closest?.('details[data-menu][open]');
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});
