import { appField } from './schema.js';

/** For editors: JSON schema (draft 07) of a sup.yaml. */
export function jsonSchema(): object {
  const { properties, ...rest } = appField.json as { readonly properties: object };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'sup.yaml',
    description: 'An app, and the groups of workers that sup keeps running for it.',
    ...rest,
    properties,
  };
}
