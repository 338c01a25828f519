/** Set by the floor: its workers serve on descriptor 3. */
export const HELD = 'BENCH_HELD';

/**
 * The text of a small server. PM2 asks it to end by SIGINT, and is told when it is ready, as PM2's guide has it;
 * nothing in it is there for sup.
 */
export const webServer = (port: number): string => `
import { createServer } from 'node:http';
const server = createServer((request, response) => response.end('hello\\n'));
const address = process.env.${HELD} ? { fd: 3 } : { host: '127.0.0.1', port: ${port} };
server.listen(address, () => process.send?.('ready'));
process.on('SIGINT', () => server.close(() => process.exit(0)));
`;
