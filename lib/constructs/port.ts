import type { Protocol } from '../model/values/traffic-set';

export interface PortOptions {
  /**
   * The port of the Service that leads to this one; `false` keeps the port out of the Service.
   *
   * @default - the container port
   */
  readonly service?: number | false;

  /**
   * What is spoken on the port, e.g. `https` or `kubernetes.io/h2c`: written to the Service,
   * and the scheme of `url()` where none is given.
   *
   * @default - not written; `url()` assumes `http`
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol
   */
  readonly appProtocol?: string;
}

/** A port that a container listens on, and the port of the Service in front of it. */
export class Port {
  /**
   * A TCP port.
   *
   * @param number the container port, 1 to 65535
   */
  static tcp(number: number, options: PortOptions = {}): Port {
    return new Port('TCP', number, options);
  }

  /**
   * A UDP port.
   *
   * @param number the container port, 1 to 65535
   */
  static udp(number: number, options: PortOptions = {}): Port {
    return new Port('UDP', number, options);
  }

  /**
   * An SCTP port.
   *
   * @param number the container port, 1 to 65535
   */
  static sctp(number: number, options: PortOptions = {}): Port {
    return new Port('SCTP', number, options);
  }

  /** A bare number is a TCP port. */
  static from(port: number | Port): Port {
    return typeof port === 'number' ? Port.tcp(port) : port;
  }

  readonly service: number | false;
  readonly appProtocol: string | undefined;

  private constructor(
    readonly protocol: Protocol,
    readonly number: number,
    options: PortOptions,
  ) {
    this.service = options.service ?? number;
    this.appProtocol = options.appProtocol;
    assertPortNumber(number);
    if (this.service !== false) assertPortNumber(this.service);
  }
}

/** Throws unless the number can be a port. */
export function assertPortNumber(number: number): void {
  if (Number.isInteger(number) && number >= 1 && number <= 65535) return;
  throw new Error(`Unable to use ${number} as a port: a port is a whole number from 1 to 65535.`);
}
