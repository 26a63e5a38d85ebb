import './keep-forms.js';
import './draft.js';
import './submit-once.js';
import './upload.js';
import './shortcuts.js';
import './zoom.js';
import './live.js';
import './suggest.js';
