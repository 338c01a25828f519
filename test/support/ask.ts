import { type Answer, connect } from './http-connection.js';

/** One request over a connection of its own. */
export async function ask(port: number, path = '/'): Promise<Answer> {
  const connection = connect('127.0.0.1', port);
  try {
    return await connection.ask(`GET ${path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n`);
  } finally {
    connection.close();
  }
}
