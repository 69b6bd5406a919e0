// The two ways scripts talk to the site: a part of a page, and a form sent without leaving the page.
import { words, toast } from './words.js';

// The only place where text becomes elements; the text is always an answer of this site.
const policy = globalThis.trustedTypes?.createPolicy('fragments', { createHTML: html => html }) ?? { createHTML: html => html };
export const parse = html => new DOMParser().parseFromString(policy.createHTML(html), 'text/html');

export class Refused extends Error {
  constructor(status) { super(`status ${status}`); this.status = status; }
}

/** The content of a page of this site, without the frame around it. */
export async function fragment(address) {
  const response = await fetch(address, { headers: { 'Pamps-Fragment': '1', 'Pamps-Script': '1' } });
  if (!response.ok) throw new Refused(response.status);
  // Not as a document of its own: a long list would leave many of them behind.
  const part = document.createElement('template');
  part.innerHTML = policy.createHTML(await response.text());
  return part.content;
}

/** Sends fields to an address of this site, with the page's antiforgery token. */
export function send(address, fields) {
  const form = document.getElementById('actions');
  const body = new URLSearchParams({ returnUrl: location.pathname, ...fields });
  return fetch(address, {
    method: 'POST',
    body,
    headers: { 'Pamps-Script': '1', RequestVerificationToken: form?.elements.__RequestVerificationToken?.value ?? '' },
  });
}

export const signIn = () => { location.href = '/sign-in?returnUrl=' + encodeURIComponent(location.pathname + location.search); };

/** Says why something did not work; an ended session leads to the sign-in page and back. */
export function explain(status, message) {
  if (status === 401) toast(words.session, { label: words.retry, action: signIn, seconds: 12 });
  else if (!navigator.onLine) toast(words.offline);
  else toast(message || words.failed);
}
