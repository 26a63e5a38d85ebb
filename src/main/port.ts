import { createServer } from 'node:net';
import { OperatorError } from './child.ts';

/** Make sure that the address is free, before anything is started: whoever starts Tandem twice learns it at once. */
export function checkPort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new OperatorError(portSentence(error.code, host, port))),
    );
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });
}

/** Why it was not possible to listen there, and what to do. */
export function portSentence(code: string | undefined, host: string, port: number): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is already in use, perhaps by another Tandem; stop that program, or choose another port: PORT=${port === 65_535 ? 4000 : port + 1} npm start`;
  }
  if (code === 'EACCES') return `This account may not use port ${port}; choose a port from 1024 upwards with PORT.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `TANDEM_HOST is "${host}", which is not an address of this machine; use 127.0.0.1 or 0.0.0.0.`;
  }
  return `Tandem cannot listen on ${host}:${port} (${code ?? 'unknown reason'}).`;
}
