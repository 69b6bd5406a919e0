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
  if (!menu) return;
  if (event.key === 'Escape') {
    menu.open = false;
    menu.querySelector('summary').focus();
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const entries = [...menu.querySelectorAll('.menu-list > *')];
    const at = entries.indexOf(document.activeElement);
    entries[(at + (event.key === 'ArrowDown' ? 1 : entries.length - (at < 0 ? 0 : 1))) % entries.length]?.focus();
    event.preventDefault();
  }
});
document.addEventListener('focusout', event => {
  const menu = event.target.closest?.('details[data-menu][open]');
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});
