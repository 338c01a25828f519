/** What the text became, or why it could not. */
export type Expanded = { readonly text: string } | { readonly message: string; readonly hint: string };

const REFERENCE = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}|\$\{/g;

/** Set for each worker when it starts, long after sup.yaml was read. */
const PER_WORKER = ['SUP_APP', 'SUP_GROUP', 'SUP_WORKER'];

/** `${NAME}` and `${NAME:-default}` from the environment; `$${` gives `${`. */
export function interpolate(text: string, environment: Readonly<Record<string, string>>): Expanded {
  let failure: Expanded | null = null;
  const expanded = text.replace(REFERENCE, (whole, name?: string, fallback?: string) => {
    if (whole === '$${') return '${';
    const value = name === undefined ? MALFORMED : lookUp(name, fallback, environment);
    if (typeof value === 'string') return value;
    failure ??= value;
    return '';
  });
  return failure ?? { text: expanded };
}

const MALFORMED: Expanded = {
  message: `\${ is not followed by a name and }`,
  hint: `write \${NAME} or \${NAME:-default}, and $\${ for a literal \${`,
};

function lookUp(
  name: string,
  fallback: string | undefined,
  environment: Readonly<Record<string, string>>,
): string | Expanded {
  if (PER_WORKER.includes(name)) {
    return {
      message: `\${${name}} differs from worker to worker`,
      hint: 'the program reads it from its environment',
    };
  }
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
  if (fallback !== undefined) return value || fallback;
  return value ?? { message: `\${${name}} is not set`, hint: `set ${name}, or write \${${name}:-default}` };
}
