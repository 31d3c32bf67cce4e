import type { IConstruct } from 'constructs';
import { ENDPOINT, type EndpointRef, type HasEndpoint } from '../intents/endpoint';
import { HOME } from '../intents/home';
import { AppAddress, AppPort, type Consumer, type PortOwner } from './app-port';
import { portNamed } from './app-ports';
import { podsPeer } from './policy-spec';
import type { Service } from './service';

/** The label by which the controller of a StatefulSet tells its pods apart. */
const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';

/** What a pod has of its app. */
export interface PodOfApp {
  readonly label: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: ReadonlyMap<string, AppPort>;
  /** The headless Service that it has its name below. */
  readonly governing: Service;
}

/** One pod of a StatefulSet, by its name of its own (DNS-06). */
export class AppPod<in P extends string = never> implements HasEndpoint {
  private readonly ports: ReadonlyMap<string, AppPort>;

  /** @internal */
  constructor(
    /** As Kubernetes names it, e.g. `db-0`. */
    readonly name: string,
    private readonly app: PodOfApp,
  ) {
    const owner = this.asPortOwner();
    // A pod is dialled at its own ports: nobody translates them (SVC-21).
    const ports = [...app.ports].map(([port, { target, protocol, appProtocol }]): [string, AppPort] => {
      const facts = { number: target, service: Number(target), protocol, appProtocol };
      return [port, new AppPort(owner, port, facts)];
    });
    this.ports = new Map(ports);
  }

  get [ENDPOINT](): EndpointRef {
    const { labels, namespace } = this.app;
    return { kind: 'pods', labels: { ...labels, [POD_NAME_LABEL]: this.name }, namespace };
  }

  /** The Service that names it, which is part of its app. */
  get [HOME](): IConstruct {
    return this.app.governing;
  }

  /** Its own name: `db-0.db` within the namespace, full across. As a use it means all of its ports. */
  get dnsName(): AppAddress {
    return new AppAddress([...this.ports.values()], (consumer) => this.hostFor(consumer));
  }

  /** One of its ports: to use, to promise about. Policies open it on every pod of the app, which share their labels. */
  port(name: P): AppPort {
    return portNamed(this.app.label, this.ports, name);
  }

  private hostFor({ namespace, clusterDomain }: Consumer): string {
    const { governing } = this.app;
    const short = `${this.name}.${governing.name}`;
    return namespace === governing.namespace ? short : `${short}.${governing.namespace}.svc.${clusterDomain}`;
  }

  private asPortOwner(): PortOwner {
    const { app, name } = this;
    return {
      label: `${app.label}/${name}`,
      home: this[HOME],
      nameLeadsTo: this[ENDPOINT],
      // Every name below the headless Service goes the same way; a port that it does not offer has no way by name.
      portRef: (port) =>
        this.isOffered(port)
          ? {
              kind: 'port',
              of: { kind: 'construct', path: app.governing.node.path },
              port: port.name,
              protocol: port.protocol,
            }
          : { kind: 'port', of: this[ENDPOINT], port: port.target, protocol: port.protocol },
      provableBy: (port) => (this.isOffered(port) ? 'name' : 'podIP'),
      hostFor: (consumer) => this.hostFor(consumer),
      peersFor: (policy) => [podsPeer(app, policy)],
      admit: (client, port) => {
        const own = portNamed(app.label, app.ports, port.name);
        own.owner.admit(client, own);
      },
    };
  }

  private isOffered(port: AppPort): boolean {
    return portNamed(this.app.label, this.app.ports, port.name).dialled !== undefined;
  }
}
