import { connect, type Socket } from 'node:net';

/** What came back for one request. */
export interface RawResponse {
  readonly status: number;
  readonly location?: string;
  readonly body: string;
}

/**
 * Sends requests as they are, byte for byte, over some connections at once that are kept as long as the server keeps them.
 * Answers in the order of the requests.
 */
export async function sendAll(
  port: number,
  requests: readonly string[],
  connections = 16,
): Promise<readonly RawResponse[]> {
  const responses: RawResponse[] = new Array(requests.length);
  let next = 0;
  const worker = async () => {
    let connection = new Connection(port);
    for (let i = next++; i < requests.length; i = next++) {
      if (connection.closed) connection = new Connection(port);
      responses[i] = await connection.send(requests[i]);
    }
    connection.end();
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return responses;
}

class Connection {
  closed = false;
  private received = '';
  private settle: ((closed: boolean) => void) | undefined;
  private readonly socket: Socket;

  constructor(port: number) {
    this.socket = connect({ host: '127.0.0.1', port, noDelay: true });
    this.socket.setTimeout(10_000, () => this.socket.destroy());
    this.socket.on('data', (data) => {
      this.received += data.toString('latin1');
      this.settle?.(false);
    });
    this.socket.on('error', () => this.over());
    this.socket.on('close', () => this.over());
    this.socket.on('end', () => this.over());
  }

  /** INVARIANT: the one before was answered: nothing is sent ahead, for a server that refuses a request drops what follows. */
  send(request: string): Promise<RawResponse> {
    return new Promise((resolve, reject) => {
      this.settle = (closed) => {
        const response = parsed(this.received);
        if (response) {
          this.settle = undefined;
          this.received = '';
          if (response.closes) this.drop();
          resolve(response);
        } else if (closed) {
          this.settle = undefined;
          reject(new Error(`no whole response to ${JSON.stringify(request.slice(0, 200))}: ${this.received}`));
        }
      };
      this.socket.write(request);
    });
  }

  end(): void {
    this.drop();
  }

  private drop(): void {
    this.closed = true;
    this.socket.destroy();
  }

  private over(): void {
    this.closed = true;
    this.settle?.(true);
  }
}

function parsed(text: string): (RawResponse & { readonly closes: boolean }) | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first, ...fields] = text.slice(0, end).split('\r\n');
  const headers = new Map(
    fields.map((field) => [field.split(':', 1)[0].toLowerCase(), field.replace(/^[^:]*:\s*/, '')]),
  );
  const body = Buffer.from(text.slice(end + 4), 'latin1');
  if (body.length < Number(headers.get('content-length') ?? 0)) return undefined;
  const closes = headers.get('connection')?.toLowerCase() === 'close';
  return { status: Number(first.split(' ')[1]), location: headers.get('location'), body: body.toString(), closes };
}
