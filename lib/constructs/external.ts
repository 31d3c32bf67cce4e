import { ENDPOINT, type EndpointRef, type HasEndpoint } from '../intents/endpoint';
import { AppPort, type PortOwner } from './app-port';
import { declaredPorts, portNamed } from './app-ports';
import { checkedCidrs } from './endpoints';
import { outsidePeers } from './policy-peers';
import type { Port } from './port';

/** @typeParam P names of the host's ports, inferred from `ports` */
export interface ExternalProps<P extends string> {
  /** Its ports by name: a number is a TCP port. */
  readonly ports: Readonly<Record<P, number | Port>>;
  /**
   * The addresses behind the name.
   *
   * @default - unknown. A NetworkPolicy can't name a host, so clients then may send to this port of every address
   * outside the cluster, not of this host alone.
   */
  readonly cidrs?: readonly string[];
}

/** A host outside the cluster, known by its name. */
export class ExternalHost<in P extends string = never> implements HasEndpoint {
  readonly [ENDPOINT]: EndpointRef;
  private readonly ports: ReadonlyMap<string, AppPort>;

  /** @internal */
  constructor(
    readonly host: string,
    props: ExternalProps<P>,
  ) {
    const cidrs = props.cidrs && checkedCidrs(props.cidrs);
    this[ENDPOINT] = { kind: 'external', host, cidrs };
    const owner = ownerOf(host, cidrs);
    const ports = declaredPorts(host, props.ports, false);
    this.ports = new Map([...ports].map(([name, port]) => [name, new AppPort(owner, name, port)]));
  }

  /** One of its ports: to use, to promise about. */
  port(name: P): AppPort {
    return portNamed(this.host, this.ports, name);
  }
}

/** A host outside the cluster, e.g. `external('api.stripe.com', { ports: { https: 443 } })`. */
export function external<P extends string>(host: string, props: ExternalProps<P>): ExternalHost<P> {
  return new ExternalHost(host, props);
}

function ownerOf(host: string, cidrs: readonly string[] | undefined): PortOwner {
  return {
    label: host,
    portRef: (port) => ({
      kind: 'port',
      of: { kind: 'external', host, cidrs },
      port: port.target,
      protocol: port.protocol,
    }),
    provableBy: () => 'name',
    hostFor: () => host,
    peersFor: ({ cluster }) => outsidePeers(cluster, cidrs),
    admit: () => {},
  };
}
