/** Loaded by a test, so that it stays true. */
export const EXAMPLE = `name: shop
logs: { rotate: 20M }                # a default for every worker

workers:
  web:
    command: node server.js
    count: auto                      # one for each CPU
    listen: { http: 3000 }
    ready: { http: /healthz, within: 30s }
    stop: { timeout: 20s, drain: 5s }
    env: { NODE_ENV: production, DATABASE: "\${DATABASE_URL:-postgres://localhost/shop}" }
    needs: [mailer]
  mailer:
    command: node mailer.js
    restart: { when: on-failure, to: 5m }
    limits: { nofile: 4096 }
  clock: node clock.js               # a command alone will do
`;

/** What docs/config.md says before the tables of keys. */
export const BEFORE = `<!-- Written by the schema in src/config; change it there, then run the tests with SUP_CAPTURE=1. -->
# sup.yaml

One file describes an app: the groups of workers that \`sup\` keeps running. \`sup\` looks for \`sup.yaml\` (or \`sup.yml\`) in the
folder where it is called, then in the folders above it.

\`\`\`yaml
${EXAMPLE}\`\`\`

\`sup check\` reads the file and names everything that is wrong with it at once, each with its line; so does every other
command before it touches anything. \`sup check --explain stop.timeout\` tells what this page tells of one key. Editors
complete and check the file by \`docs/sup.schema.json\`.

## How values are written

- **Durations** have a unit: \`500ms\`, \`10s\`, \`2m\`, \`1h\`, \`7d\`; at most 24 days.
- **Sizes** are bytes, or have a unit: \`64K\`, \`512M\`, \`2G\`; K is 1024.
- **Paths** are relative to the folder of sup.yaml.
- **Signals** may be written \`SIGTERM\`, \`TERM\` or \`term\`.
- **Commands** are split into words as a shell does, with \`'\`, \`"\` and \`\\\`, but nothing is expanded and no shell runs. A pipe,
  \`&&\`, \`$HOME\` or another thing that only a shell understands is refused; write \`shell: true\` beside the command to have one,
  or quote it. A list, \`[node, server.js]\`, is taken as it is.
- YAML anchors, aliases and merge keys (\`<<: *base\`) work. A key that is written twice is refused.

## Variables

\`\${NAME}\` in a value becomes what NAME is in the environment in which \`sup\` is called. \`\${NAME:-default}\` has a default for
a NAME that is unset or empty; without one, an unset NAME is refused. \`$\${\` is a plain \`\${\`. Quotes make no difference, and a
value with spaces stays one word of its command; with \`shell: true\` it becomes part of the line as it is. Names of keys,
and the lines of an \`envFile\`, are taken as they are written.

\`SUP_APP\`, \`SUP_GROUP\` and \`SUP_WORKER\` (0, 1, 2, … within the group) are set for each worker when it starts. They cannot
stand in sup.yaml, which is read long before: the program reads them from its environment (with \`shell: true\`, as
\`$SUP_WORKER\`).`;
