import { PROTOCOLS, type Protocol } from '../model/values/traffic-set';
import type { AppPort } from './app-port';
import { assertPortName, didYouMean } from './names';
import type { PolicyPort } from './policy-spec';
import { Port } from './port';

/**
 * Ports in a rule of a policy. A bare number is a TCP port. Always what the container listens on: policies don't see
 * Services (NP-19).
 */
export type RulePort = AppPort | Port | Ports | number;

/** What a rule means by ports. */
export type PortMatch =
  | { readonly kind: 'range'; readonly protocol: Protocol; readonly first: number; readonly last: number }
  | { readonly kind: 'all'; readonly protocol: Protocol }
  | { readonly kind: 'named'; readonly protocol?: Protocol; readonly name: string };

/** Several ports of a rule at once, or a port by its name. */
export class Ports {
  /**
   * Ports from one to another, both included (NP-25).
   *
   * @param first 1 to 65535
   * @param last not below `first`
   * @param protocol default: TCP
   */
  static range(first: number, last: number, protocol: Protocol = 'TCP'): Ports {
    // Either is a port of its own, and refused if it is none.
    const ends = [Port.tcp(first), Port.tcp(last)].map(({ number }) => number);
    if (ends[0] > ends[1]) throw new Error(`Unable to use ports ${first} to ${last}: the last is below the first.`);
    return new Ports({ kind: 'range', protocol: checkedProtocol(protocol), first, last });
  }

  /**
   * All ports of a protocol, but no other protocol (NP-09).
   *
   * @param protocol default: TCP
   */
  static all(protocol: Protocol = 'TCP'): Ports {
    return new Ports({ kind: 'all', protocol: checkedProtocol(protocol) });
  }

  /**
   * Whatever ports the containers of the receiving pods give this name (NP-24).
   *
   * @param protocol default: TCP in a NetworkPolicy; in a ClusterNetworkPolicy a name is of any protocol, and none may be given
   */
  static named(name: string, protocol?: Protocol): Ports {
    assertPortName(name, 'in a rule of a policy');
    return new Ports({ kind: 'named', protocol: protocol && checkedProtocol(protocol), name });
  }

  /** What it means, as a plain value. */
  readonly match: PortMatch;

  private constructor(match: PortMatch) {
    this.match = match;
  }
}

/** As a NetworkPolicy writes it. */
export function policyPort(port: RulePort): PolicyPort {
  const match = matchOf(port);
  switch (match.kind) {
    case 'range':
      return {
        port: match.first,
        ...(match.last > match.first ? { endPort: match.last } : {}),
        protocol: match.protocol,
      };
    case 'all':
      return { protocol: match.protocol };
    case 'named':
      return { port: match.name, protocol: match.protocol ?? 'TCP' };
  }
}

/** An item of `protocols` of a ClusterNetworkPolicy. */
export type ClusterProtocol = Readonly<Record<string, unknown>>;

/** As a ClusterNetworkPolicy writes it (NP-43). */
export function clusterProtocol(port: RulePort): ClusterProtocol {
  const match = matchOf(port);
  if (match.kind === 'named') {
    if (match.protocol === undefined) return { destinationNamedPort: match.name };
    throw new Error(
      `Unable to write port "${match.name}" of ${match.protocol}: a ClusterNetworkPolicy knows names of ports without ` +
        'their protocol. Leave the protocol out, or give the number.',
    );
  }
  // The schema of the API refuses a protocol without ports, and a range of one.
  const { first, last } = match.kind === 'all' ? { first: 1, last: 65535 } : match;
  const destinationPort = first === last ? { number: first } : { range: { start: first, end: last } };
  return { [match.protocol.toLowerCase()]: { destinationPort } };
}

/** INVARIANT: ports of every kind were checked when they were made. */
function matchOf(port: RulePort): PortMatch {
  if (typeof port === 'number') return matchOf(Port.tcp(port));
  const given: unknown = port;
  if (typeof given === 'object' && given !== null) {
    if ('match' in port) return port.match;
    if ('number' in port) return matchOfTarget(port.number, port.protocol);
    if ('target' in port) return matchOfTarget(port.target, port.protocol);
  }
  return refuse(given);
}

function matchOfTarget(target: number | string, protocol: Protocol): PortMatch {
  if (typeof target === 'string') return { kind: 'named', protocol, name: target };
  return { kind: 'range', protocol, first: target, last: target };
}

/** The types rule it out, but not every runner checks types, and an item without a port opens all of TCP (NP-09). */
function refuse(given: unknown): never {
  const hint = typeof given === 'string' ? ` A name is written Ports.named('${given}').` : '';
  throw new Error(
    `Unable to use ${JSON.stringify(given)} as a port of a rule: give a number, a port of an app, Port.udp(...) or the like, ` +
      `Ports.range(...), Ports.all(...) or Ports.named(...).${hint}`,
  );
}

function checkedProtocol(protocol: Protocol): Protocol {
  if (PROTOCOLS.includes(protocol)) return protocol;
  throw new Error(
    `Unable to use "${protocol}" as a protocol of ports: it is one of ${PROTOCOLS.join(', ')}.${didYouMean(protocol, PROTOCOLS)}`,
  );
}
