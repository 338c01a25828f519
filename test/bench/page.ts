import { type Section, sectionText } from './report.js';

export type Page = {
  readonly date: string;
  readonly machine: string;
  readonly peers: readonly string[];
  readonly absent: readonly string[];
  readonly quick: boolean;
  readonly sections: readonly Section[];
};

/** The whole of docs/benchmarks.md. */
export function pageText(page: Page): string {
  const parts = [
    '<!-- Written by `npm run bench -- --write`. -->\n# Benchmarks',
    `${page.date}, on ${page.machine}`,
    ...(page.quick
      ? ['**A quick run, with few samples: it shows that all of it works, not how fast.**']
      : []),
    HOW,
    page.peers.map((about) => `- ${about}`).join('\n'),
    ...page.absent.map((why) => `Left out: ${why}.`),
    ...page.sections.map(sectionText),
  ];
  return `${parts.join('\n\n')}\n`;
}

const HOW = [
  'All peers are measured in one run on one machine, in turn. Numbers are medians, in brackets the 10th and 90th',
  'percentile (of fewer than ten samples the least and the most); the factor is to the floor, or to the best where',
  'there is none.',
  '`npm run bench` repeats it: `npm run bench -- --install` gets PM2 first, `--quick` takes less than a minute,',
  'and names of scenarios (`start restart idle reload cli`) choose.',
].join('\n');
