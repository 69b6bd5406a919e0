// The moment between two pages. It is loaded before the first paint: the page is revealed once, and early.
{
  // The post one opens grows into the page of the post, and back. A name used twice would cancel the whole transition.
  let clicked;
  document.addEventListener('click', event => { clicked = event.target.closest?.('.post'); }, true);
  const named = (element, transition) => {
    if (!element) return;
    element.style.viewTransitionName = 'post';
    transition.finished.finally(() => { element.style.viewTransitionName = ''; }).catch(() => {});
  };
  const quiet = transition => { for (const name of ['ready', 'finished', 'updateCallbackDone']) transition[name]?.catch(() => {}); };
  // A transition that the browser gives up rejects promises nobody asked for; the navigation itself is fine.
  addEventListener('unhandledrejection', event => { if (/^(Invalid state|Transition was)/i.test(event.reason?.message)) event.preventDefault(); });
  addEventListener('pageswap', event => {
    if (!event.viewTransition) return;
    quiet(event.viewTransition);
    named(clicked ?? document.querySelector('.main-post'), event.viewTransition);
  });
  addEventListener('pagereveal', event => {
    if (!event.viewTransition) return;
    quiet(event.viewTransition);
    const from = globalThis.navigation?.activation?.from?.url;
    const id = from && new URL(from).pathname.match(/^\/posts\/(\d+)$/)?.[1];
    named(document.querySelector('.main-post') ?? (id && document.getElementById('post-' + id)), event.viewTransition);
  });
}
