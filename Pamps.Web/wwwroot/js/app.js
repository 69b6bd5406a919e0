// The pages work without any of this. Each module improves one thing and leaves the rest alone.
import './page.js';
import './times.js';
import './menus.js';
import './forms.js';
import './actions.js';
import './composer.js';
import './feed.js';
import './imports.js';
import './stream.js';
import './keys.js';
import './embedded.js';
