// The pages work without any of this. Each module improves one thing and leaves the rest alone.
import './page.js';
import './times.js';
import './menus.js';
import './forms.js';
import './actions.js';
import './composer.js';
import './feed.js';
import './stream.js';
import './keys.js';

// What few pages need is loaded by those alone.
if (document.querySelector('[data-import-running], form[data-upload]')) import('./imports.js');
for (const [what, module] of [['[data-embed]', 'embedded'], ['.tabs', 'tabs']]) {
  if (document.querySelector(what)) import(`./${module}.js`);
}
