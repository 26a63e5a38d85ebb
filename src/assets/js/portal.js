import './submit-once.js';
import './upload.js';
