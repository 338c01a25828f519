import type { Laws } from '../law.js';
import { AFTER_DEATH } from './after-death.js';
import { JOBS } from './jobs.js';
import { LIVES } from './lives.js';
import { OUTCOMES } from './outcomes.js';
import { ROLLOUTS } from './rollouts.js';
import { STOPS } from './stops.js';

/** What must hold after every single step. */
export const LAWS: Laws = { ...LIVES, ...AFTER_DEATH, ...JOBS, ...STOPS, ...ROLLOUTS, ...OUTCOMES };
