import { optional, type Read, required } from './field.js';
import { scalar, Wrong } from './scalars.js';
import { shape } from './structures.js';
import { validName } from './valid-name.js';
import { sharedKeys, workersField } from './worker-schema.js';

const NAME = /^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/;

const appName = scalar(
  'lower-case letters, digits and inner dashes, at most 64',
  { type: 'string', minLength: 1 },
  (given) => {
    return NAME.test(given) ? given : new Wrong(undefined, `for example ${validName(given)}`);
  },
);

/** Every key that there is. */
export const appKeys = {
  name: optional(appName, 'the name of the folder of sup.yaml', {
    doc: 'The name of the app. The folders of its state and its logs go by it, so it stays the same in every release.',
    example: 'shop',
  }),
  workers: required(workersField, new Map(), {
    doc: 'The groups of workers, by name. A command alone is short for `{ command: … }`.',
    example: '{ web: node server.js }',
    also: ['apps', 'services', 'programs', 'processes'],
  }),
  ...sharedKeys,
};

export const appField = shape(appKeys);
export type AppFile = Read<typeof appField>;
