import { createServer, type Socket } from 'node:net';

export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  /** The message as it travelled: headers, blank line, body. */
  readonly data: string;
}

/** A mail server on loopback that keeps what it is given and refuses the recipients it is told to. */
export interface MailServer {
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** Answers `RCPT TO` of this address with `reply`, e.g. `550 no such mailbox`. */
  refuse(address: string, reply: string): void;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const refusals = new Map<string, string>();
  const sockets = new Set<Socket>();

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.write('220 loopback ready\r\n');
    let buffered = '';
    let from = '';
    let to = '';
    let data: string | undefined;

    const answer = (line: string): string => {
      const address = line.match(/<([^>]*)>/)?.[1] ?? '';
      switch (line.slice(0, 4).toUpperCase()) {
        case 'MAIL':
          from = address;
          return '250 ok';
        case 'RCPT':
          to = address;
          return refusals.get(address) ?? '250 ok';
        case 'DATA':
          data = '';
          return '354 go on';
        case 'QUIT':
          return '221 bye';
        default:
          return '250 loopback';
      }
    };

    socket.on('data', (chunk) => {
      buffered += chunk.toString('utf8');
      for (let end = buffered.indexOf('\r\n'); end >= 0; end = buffered.indexOf('\r\n')) {
        const line = buffered.slice(0, end);
        buffered = buffered.slice(end + 2);
        if (data === undefined) {
          socket.write(`${answer(line)}\r\n`);
        } else if (line === '.') {
          received.push({ from, to, data });
          data = undefined;
          socket.write('250 kept\r\n');
        } else {
          data += `${line.startsWith('..') ? line.slice(1) : line}\r\n`;
        }
      }
    });
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    refuse: (recipient, reply) => refusals.set(recipient, reply),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
