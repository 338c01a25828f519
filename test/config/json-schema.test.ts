import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { EXAMPLE } from '../../src/config/docs-prose.js';
import { jsonSchema } from '../../src/config/json-schema.js';
import { assertGenerated } from './generated.js';

const it = suite('json-schema');

it('is what docs/sup.schema.json says', () => {
  assertGenerated('docs/sup.schema.json', `${JSON.stringify(jsonSchema(), null, 2)}\n`);
});

const accepts = (yaml: string) => fits(jsonSchema(), parse(yaml, { merge: true }));

const GOOD = [
  EXAMPLE,
  'workers: { web: sh }',
  'workers: { web: { command: [sh, -c, x], count: 3, umask: 022, nice: -5, envFile: [a, b], needs: api } }',
  'workers: { web: { command: sh, listen: { a: 3000, b: { unix: x, mode: "0600" } }, ready: { log: /x/, within: 1m } } }',
  'workers: { web: { command: sh, listen: "[::1]:80", ready: notify, restart: never, limits: { as: 4G, cpu: unlimited } } }',
  `workers: { web: { command: sh, count: "\${N}", stop: { timeout: "\${T:-1s}" }, logs: { compress: "\${C}", keep: 3 } } }`,
];
for (const yaml of GOOD) it(`accepts ${yaml.slice(0, 100)}`, () => assert.ok(accepts(yaml)));

const BAD = [
  '{}',
  'workers: { web: { count: 3 } }',
  'workers: { Web: sh }',
  'workers: { web: { command: sh, cuont: 3 } }',
  'workers: { web: { command: sh, count: many } }',
  'workers: { web: { command: sh, stop: { timeout: 10 } } }',
  'workers: { web: { command: sh, stop: { signal: NONE } } }',
  'workers: { web: { command: [] } }',
  'workers: { web: { command: sh, ready: { http: up } } }',
];
for (const yaml of BAD) it(`refuses ${yaml}`, () => assert.not(accepts(yaml)));

type Schema = { readonly [keyword: string]: unknown };

/** As much of JSON schema as ours uses; another keyword is an error. */
function fits(schema: unknown, value: unknown): boolean {
  return Object.entries(schema as Schema).every(([keyword, rule]) => {
    const check = KEYWORDS[keyword];
    if (!check) throw new Error(`unknown keyword ${keyword}`);
    return check(rule as never, value, schema as Schema);
  });
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const typeOf = (value: unknown) =>
  Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
const remark = () => true;

const KEYWORDS: Readonly<Record<string, (rule: never, value: unknown, schema: Schema) => boolean>> = {
  $schema: remark,
  title: remark,
  description: remark,
  default: remark,
  type: (rule: string | string[], value) =>
    [rule].flat().some((type) => type === typeOf(value) || type === typeof value),
  enum: (rule: unknown[], value) => rule.includes(value),
  const: (rule: unknown, value) => rule === value,
  anyOf: (rule: unknown[], value) => rule.some((each) => fits(each, value)),
  pattern: (rule: string, value) => typeof value !== 'string' || new RegExp(rule).test(value),
  minLength: (rule: number, value) => typeof value !== 'string' || value.length >= rule,
  minimum: (rule: number, value) => typeof value !== 'number' || value >= rule,
  maximum: (rule: number, value) => typeof value !== 'number' || value <= rule,
  minItems: (rule: number, value) => !Array.isArray(value) || value.length >= rule,
  items: (rule: unknown, value) => !Array.isArray(value) || value.every((item) => fits(rule, item)),
  required: (rule: string[], value) => !isMap(value) || rule.every((name) => Object.hasOwn(value, name)),
  propertyNames: (rule: unknown, value) =>
    !isMap(value) || Object.keys(value).every((name) => fits(rule, name)),
  properties: (rule: Schema, value) =>
    !isMap(value) ||
    Object.entries(rule).every(([name, each]) => !Object.hasOwn(value, name) || fits(each, value[name])),
  additionalProperties: (rule: unknown, value, { properties = {} }) =>
    !isMap(value) ||
    Object.keys(value).every(
      (name) => Object.hasOwn(properties as Schema, name) || (rule !== false && fits(rule, value[name])),
    ),
};

it.run();
