// An ordinary web server: nothing in here knows of sup. Try it alone: node server.mjs
import { createServer } from 'node:http';

const version = 1;
const port = Number(process.env.PORT ?? 3000);
const worker = process.env.SUP_WORKER ?? null;

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (pathname === '/healthz') return answer(response, 200, { ok: true });
  if (pathname !== '/') return answer(response, 404, { error: 'not found' });
  answer(response, 200, { hello: 'world', worker, pid: process.pid, version, n: searchParams.get('n') });
});

server.listen(port, () => console.log(`listening on port ${port}, pid ${process.pid}`));

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}
