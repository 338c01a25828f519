#!/usr/bin/env node
import { existsSync } from 'node:fs';

const MAIN = new URL('../dist/src/cli/main.js', import.meta.url);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  refuse(`sup needs Node 20.19 or later, and this is ${process.versions.node}`);
} else if (!existsSync(MAIN)) {
  refuse('sup is not built yet: run `npm run build` in its folder');
} else {
  const { main } = await import(MAIN.href);
  await main(process.argv.slice(2));
}

function refuse(why) {
  console.error(why);
  process.exitCode = 1;
}
