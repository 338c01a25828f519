import { environment } from '../system/machine.js';

/** How a user types this program here: an npm script runs in a folder where only npx finds it. */
export const calledAs = (): string => ('npm_lifecycle_event' in environment() ? 'npx sup' : 'sup');
