// Of tabs that go on beyond the edge the present one is in sight. Not scrollIntoView: with it the Tab key begins there.
for (const here of document.querySelectorAll('.tabs [aria-current]')) {
  const tabs = here.parentElement;
  new ResizeObserver(() => {
    const [outer, inner] = [tabs.getBoundingClientRect(), here.getBoundingClientRect()];
    tabs.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  }).observe(tabs);
}
