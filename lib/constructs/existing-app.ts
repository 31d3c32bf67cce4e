import { ENDPOINT, type EndpointRef, type HasEndpoint } from '../intents/endpoint';
import { AppPort, type PortOwner, serviceHost } from './app-port';
import { declaredPorts, portNamed } from './app-ports';
import { podsPeer } from './policy-spec';
import type { Port } from './port';

/** @typeParam P names of the app's ports, inferred from `ports` */
export interface ExistingAppProps<P extends string> {
  /** Name of its Service. */
  readonly name: string;
  readonly namespace: string;
  /** Labels by which a policy can select its pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** Its ports as its Service names them: a number is a TCP port with a Service port of the same number. */
  readonly ports: Readonly<Record<P, number | Port>>;
}

/** An app that another repository deploys. Clients open their own end to it; its own end is for its authors to open. */
export class ExistingApp<in P extends string = never> implements HasEndpoint {
  readonly name: string;
  readonly namespace: string;
  private readonly labels: Readonly<Record<string, string>>;
  private readonly ports: ReadonlyMap<string, AppPort>;

  /** @internal */
  constructor(props: ExistingAppProps<P>) {
    this.name = props.name;
    this.namespace = props.namespace;
    this.labels = { ...props.labels };
    const owner = this.asPortOwner();
    const ports = declaredPorts(owner.label, props.ports, true);
    this.ports = new Map([...ports].map(([name, port]) => [name, new AppPort(owner, name, port)]));
  }

  get [ENDPOINT](): EndpointRef {
    return { kind: 'pods', labels: this.labels, namespace: this.namespace };
  }

  /** One of its ports: to use, to promise about. */
  port(name: P): AppPort {
    return portNamed(`${this.namespace}/${this.name}`, this.ports, name);
  }

  private asPortOwner(): PortOwner {
    const { name, namespace, labels } = this;
    return {
      label: `${namespace}/${name}`,
      service: { name, namespace },
      // Its Service is in no manifest of this app, so its pods stand for it.
      portRef: (port) => ({
        kind: 'port',
        of: { kind: 'pods', labels, namespace },
        port: port.target,
        protocol: port.protocol,
      }),
      provableBy: () => 'podIP',
      hostFor: (consumer) => serviceHost({ name, namespace }, consumer),
      peersFor: (policy) => [podsPeer({ namespace, labels }, policy)],
      admit: () => {},
    };
  }
}
