// The page follows two streams: every change of a resource, and the console output of the one that is chosen.
// Texts of resources are only ever set as text, never as markup.
const resources = new Map();
const rows = document.getElementById('resources');
const panel = document.getElementById('panel');
const logs = document.getElementById('logs');
const details = document.getElementById('details');
const filter = document.getElementById('filter');
const errors = document.getElementById('errors');
const follow = document.getElementById('follow');
const kept = 5000;
let chosen = null;
let stream = null;
let lines = [];

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children.filter(child => child !== null));
  return element;
};

const good = resource => resource.state === 'Running' && resource.health === 'Healthy';
const tone = resource =>
  resource.stateStyle === 'error' || (resource.state === 'Running' && resource.health === 'Degraded') ? 'bad'
    : good(resource) || (resource.state === 'Finished' && resource.exitCode === 0) ? 'good'
      : ['Starting', 'Waiting', 'Stopping', 'Running'].includes(resource.state) ? 'busy' : 'quiet';

const stateText = resource => {
  if (resource.exitCode !== null) return `${resource.state} (${resource.exitCode})`;
  return resource.state === 'Running' && resource.healthReports.length ? `${resource.state}, ${resource.health.toLowerCase()}` : resource.state;
};

async function run(resource, command) {
  if (command.confirmation && !confirm(command.confirmation)) return;
  const address = `api/resources/${encodeURIComponent(resource.id)}/commands/${encodeURIComponent(command.name)}`;
  const response = await fetch(address, { method: 'POST', headers: { 'X-Dashboard-Command': '1' } });
  const result = response.ok ? await response.json() : { success: false, message: `The dashboard answered ${response.status}.` };
  if (result.message) alert(result.message);
  else if (!result.success && !result.canceled) alert(`${command.text} failed.`);
}

function row(resource) {
  const urls = resource.urls.filter(url => !url.isInternal).map(url =>
    url.url.startsWith('http') ? make('a', { href: url.url, target: '_blank', rel: 'noreferrer', textContent: url.text || url.url, title: url.url }) : make('span', { textContent: url.url }));
  const commands = resource.commands.map(command => {
    const button = make('button', { type: 'button', textContent: command.text, title: command.description ?? '', disabled: command.state !== 'Enabled' });
    button.addEventListener('click', event => { event.stopPropagation(); run(resource, command); });
    return button;
  });
  const open = make('a', { href: `#${encodeURIComponent(resource.id)}`, textContent: resource.id });
  const element = make('tr', {},
    make('td', {}, open, make('small', { textContent: resource.type })),
    make('td', {}, make('span', { className: `state ${tone(resource)}`, textContent: stateText(resource), title: resource.problem ?? '' })),
    make('td', { textContent: resource.startedAt ? new Date(resource.startedAt).toLocaleTimeString() : '–' }),
    make('td', { textContent: resource.source ?? '' }),
    make('td', {}, ...urls),
    make('td', {}, ...commands));
  element.setAttribute('aria-selected', String(resource.id === chosen));
  element.addEventListener('click', event => { if (!event.target.closest('a[target]')) location.hash = encodeURIComponent(resource.id); });
  return element;
}

function draw() {
  const all = [...resources.values()];
  rows.replaceChildren(...all.filter(resource => resource.type !== 'Parameter').map(row));
  const processes = all.filter(resource => resource.type !== 'Parameter');
  const failed = processes.filter(resource => tone(resource) === 'bad').length;
  const done = processes.filter(resource => tone(resource) === 'good').length;
  document.getElementById('summary').textContent = processes.length === 0 ? 'Connecting …' : failed ? `${failed} of ${processes.length} failed` : done === processes.length ? 'Everything runs' : `${done} of ${processes.length} ready`;
  if (chosen && resources.has(chosen)) drawDetails(resources.get(chosen));
}

function list(title, entries) {
  if (!entries.length) return [];
  const terms = entries.flatMap(([name, value]) => [make('dt', { textContent: name }), make('dd', { textContent: value ?? '' })]);
  return [make('h3', { textContent: title }), make('dl', {}, ...terms)];
}

function drawDetails(resource) {
  details.replaceChildren(
    ...list('Resource', [['State', stateText(resource)], ['Type', resource.type], ['Source', resource.source], ...(resource.problem ? [['Problem', resource.problem]] : [])]),
    ...list('Health', resource.healthReports.map(report => [report.name, [report.status ?? 'not checked yet', report.description].filter(Boolean).join(' · ')])),
    ...list('URLs', resource.urls.map(url => [url.text || 'url', url.url])),
    ...list('Relations', resource.relations.map(relation => [relation.type, relation.resource])),
    ...list('Environment', resource.environment.map(variable => [variable.name, variable.isMasked ? '••••••••' : variable.value])));
}

// Colours of terminals (SGR) become classes; every other escape sequence is dropped.
function coloured(text) {
  const parts = [];
  let classes = [];
  for (const part of text.split(/(\x1b\[[0-9;]*[A-Za-z])/)) {
    const sequence = /^\x1b\[([0-9;]*)m$/.exec(part);
    if (sequence) {
      const codes = sequence[1].split(';').filter(Boolean);
      classes = codes.length === 0 || codes.includes('0') ? [] : [...classes.filter(c => !codes.includes('39') && !codes.includes('22')), ...codes.map(code => `c${code}`)];
    } else if (part && !part.startsWith('\x1b')) {
      parts.push(make('span', { className: classes.join(' '), textContent: part }));
    }
  }
  return parts;
}

const shown = line => (!errors.checked || line.isError) && line.text.toLowerCase().includes(filter.value.toLowerCase());

function lineElement(line) {
  const space = line.text.indexOf(' ');
  const time = line.text.slice(0, space);
  return make('li', { className: line.isError ? 'error' : '' }, make('time', { dateTime: time, textContent: time.slice(11, 23) }), ...coloured(line.text.slice(space + 1)));
}

function append(batch) {
  lines.push(...batch);
  lines = lines.slice(-kept);
  logs.append(...batch.filter(shown).map(lineElement));
  while (logs.childElementCount > kept) logs.firstElementChild.remove();
  if (follow.checked) logs.scrollTop = logs.scrollHeight;
}

function redraw() {
  logs.replaceChildren(...lines.filter(shown).map(lineElement));
  logs.scrollTop = logs.scrollHeight;
}

function choose(id) {
  stream?.close();
  chosen = id;
  panel.hidden = !id;
  draw();
  if (!id) return;
  document.getElementById('panel-name').textContent = id;
  lines = [];
  redraw();
  stream = new EventSource(`api/resources/${encodeURIComponent(id)}/logs`);
  // After a break the server sends everything again.
  stream.onopen = () => { lines = []; redraw(); };
  stream.onmessage = event => append(JSON.parse(event.data));
}

function show(tab) {
  for (const name of ['logs', 'details']) {
    document.getElementById(`tab-${name}`).setAttribute('aria-selected', String(name === tab));
    document.getElementById(name).hidden = name !== tab;
  }
}

document.getElementById('tab-logs').addEventListener('click', () => show('logs'));
document.getElementById('tab-details').addEventListener('click', () => show('details'));
document.getElementById('close').addEventListener('click', () => { history.pushState(null, '', '#'); choose(null); });
document.getElementById('download').addEventListener('click', () => {
  const text = lines.map(line => line.text.replace(/\x1b\[[0-9;]*[A-Za-z]/g, '')).join('\n');
  const link = make('a', { href: URL.createObjectURL(new Blob([text], { type: 'text/plain' })), download: `${chosen}.log` });
  link.click();
  URL.revokeObjectURL(link.href);
});
filter.addEventListener('input', redraw);
errors.addEventListener('change', redraw);
addEventListener('hashchange', () => choose(decodeURIComponent(location.hash.slice(1)) || null));

const changes = new EventSource('api/resources');
changes.onmessage = event => {
  const resource = JSON.parse(event.data);
  resources.set(resource.id, resource);
  draw();
};
changes.onerror = () => { document.getElementById('summary').textContent = 'The AppHost does not answer.'; };
choose(decodeURIComponent(location.hash.slice(1)) || null);
