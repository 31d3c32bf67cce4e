import type { IConstruct } from 'constructs';
import { ENDPOINT, type EndpointRef, type HasEndpoint } from '../intents/endpoint';
import { HOME } from '../intents/home';
import type { ReachBy } from '../intents/intent';
import type { Protocol } from '../model/values/traffic-set';
import type { PolicyPeer, PolicyPort, PolicyScope } from './policy-spec';

/** Who asks for an address: names are short within a namespace, and the cluster's domain may be its own. */
export interface Consumer {
  /** Where its resolver looks up short names; empty where it looks up none. */
  readonly namespace: string;
  readonly clusterDomain: string;
}

/** Pods as a policy of another app has to select them. */
export interface PodsOfApp {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What ports belong to; each kind knows for itself how it is named and opened. */
export interface PortOwner {
  /** For names of promises and messages, e.g. `shop/api`. */
  readonly label: string;
  /** What a promise about one of its ports refers to. */
  portRef(port: AppPort): EndpointRef;
  /** How much of the way to one of its ports can be proven from this app's manifests. */
  provableBy(port: AppPort): ReachBy;
  /** The name by which the consumer finds it. */
  hostFor(consumer: Consumer): string;
  /** Itself as peers of an egress rule. */
  peersFor(policy: PolicyScope): readonly PolicyPeer[];
  /** Opens its own end to the client, where it has a policy of its own. Who that is may be known only at synth. */
  admit(client: () => PodsOfApp | undefined, port: AppPort): void;
  /** What its name has to lead to, where the way to its ports does not prove it. */
  readonly nameLeadsTo?: EndpointRef;
  /** The construct that has it; `undefined` for what is outside the app. */
  readonly home?: IConstruct;
  /** The Service that an Ingress may send to; `undefined` outside the cluster. */
  readonly service?: { readonly name: string; readonly namespace: string };
}

/** Ports that `url()` leaves out, because the scheme implies them. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

/** Schemes for the application protocols that Kubernetes itself defines. */
const SCHEMES: Readonly<Record<string, string>> = {
  'kubernetes.io/h2c': 'http',
  'kubernetes.io/ws': 'ws',
  'kubernetes.io/wss': 'wss',
};

/** What a port is, whatever declared it. */
export interface PortFacts {
  /** The container port, by number or by the name that each pod's containers give it (SVC-07). */
  readonly number: number | string;
  readonly protocol: Protocol;
  /** The port of the Service; `false` for one that no Service offers. */
  readonly service: number | false;
  readonly appProtocol?: string;
}

/** One port of an app or a Service: what clients `use`, what promises and policies speak of. */
export class AppPort implements HasEndpoint {
  readonly name: string;
  /** What the pod listens on, and what policies see (NP-19): a number, or a name that each pod's containers give it (SVC-07). */
  readonly target: number | string;
  readonly protocol: Protocol;
  /** What clients dial; `undefined` for a port that no Service offers. */
  readonly dialled: number | undefined;
  /** @internal */
  readonly owner: PortOwner;
  /** What is spoken on it, as the Service says. */
  readonly appProtocol: string | undefined;

  /** @internal */
  constructor(owner: PortOwner, name: string, port: PortFacts) {
    this.owner = owner;
    this.name = name;
    this.target = port.number;
    this.protocol = port.protocol;
    this.dialled = port.service || undefined;
    this.appProtocol = port.appProtocol;
  }

  get [ENDPOINT](): EndpointRef {
    return this.owner.portRef(this);
  }

  /** What it is a port of. */
  get [HOME](): IConstruct | undefined {
    return this.owner.home;
  }

  /**
   * `scheme://host:port/path`. The port is left out where the scheme implies it (http, https, ws, wss).
   *
   * @param scheme default: the port's `appProtocol`, else `http`
   */
  url(scheme: string = this.defaultScheme(), options: { readonly path?: string } = {}): AppAddress {
    const path = (options.path ?? '').replace(/^(?=[^/])/, '/');
    return this.format(({ host, port, hostPort }) => {
      return `${scheme}://${DEFAULT_PORTS[scheme] === port ? host : hostPort}${path}`;
    });
  }

  /** `host:port`. */
  hostPort(): AppAddress {
    return this.format(({ hostPort }) => hostPort);
  }

  /** The host name alone. */
  host(): AppAddress {
    return this.format(({ host }) => host);
  }

  /** Any other form, e.g. `port.format(({ host, port }) => `host=${host} port=${port}`)`. */
  format(write: (parts: AddressParts) => string): AppAddress {
    const port = this.dialled;
    if (port === undefined) {
      throw new Error(
        `Unable to give an address of port "${this.name}" (${this.owner.label}): the port is in no Service. ` +
          'Give it a Service port instead of `service: false`.',
      );
    }
    return new AppAddress([this], (consumer) => {
      const host = this.owner.hostFor(consumer);
      return write({ host, port, hostPort: `${host}:${port}` });
    });
  }

  /** As a NetworkPolicy has to name it. @internal */
  toPolicyPort(): PolicyPort {
    return { port: this.target, protocol: this.protocol };
  }

  private defaultScheme(): string {
    const { appProtocol } = this;
    if (appProtocol === undefined) return 'http';
    return SCHEMES[appProtocol] ?? (appProtocol.includes('/') ? 'http' : appProtocol);
  }
}

/** Whether the value is a port of an app or a Service, of any copy of this library. */
export function isAppPort(value: unknown): value is AppPort {
  return typeof value === 'object' && value !== null && 'target' in value && 'dialled' in value;
}

export interface AddressParts {
  /** The short name for a client in the same namespace, the full one across namespaces. */
  readonly host: string;
  readonly port: number;
  /** `host:port` */
  readonly hostPort: string;
}

/** An address, written when the consumer is known: it depends on the consumer's namespace. */
export class AppAddress {
  /** @internal */
  constructor(
    /** The ports that the address leads to: one, or all of them where it is a name alone. */
    readonly ports: readonly AppPort[],
    private readonly write: (consumer: Consumer) => string,
  ) {}

  /** The address as this consumer has to write it. */
  textFor(consumer: Consumer): string {
    return this.write(consumer);
  }
}

/** The DNS name of a Service: short within its namespace, full across. */
export function serviceHost(
  service: { readonly name: string; readonly namespace: string },
  consumer: Consumer,
): string {
  const { name, namespace } = service;
  return namespace === consumer.namespace ? name : `${name}.${namespace}.svc.${consumer.clusterDomain}`;
}
