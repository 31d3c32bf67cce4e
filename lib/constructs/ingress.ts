import { ApiObject, Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { IngressController } from '../model/cluster/ingress-controller';
import { attach } from '../synth/hook';
import type { AppPort } from './app-port';
import { controllersFrom, type IngressControllerSpec, ingressControllersOf } from './ingress-controller';

export interface IngressProps {
  /** The host of the URLs, e.g. `shop.example.com`. */
  readonly host: string;
  /** Where requests go by the beginning of their path; the longest that fits decides. */
  readonly routes: Readonly<Record<`/${string}`, AppPort>>;
  /** Name of the Secret with the certificate. @default - plain HTTP only */
  readonly tls?: string;
  /** @default - the name of the controller */
  readonly className?: string;
  /** Whose pods the policies of the backends let in. @default - the first controller of the app's `PodNetwork` */
  readonly controller?: IngressControllerSpec;
  /** Name of the object. @default - the id */
  readonly name?: string;
}

/** Offers apps by URL, and opens the policies of the apps behind it to the pods of the ingress controller. */
export class Ingress extends Construct {
  private readonly given: IngressControllerSpec | undefined;

  constructor(scope: Construct, id: string, props: IngressProps) {
    super(scope, id);
    attach(this);
    this.given = props.controller;
    const backends = Object.entries(props.routes).map(([path, port]) => ({
      path,
      port,
      service: this.serviceOf(path, port),
    }));
    if (backends.length === 0) throw new Error(`Unable to create Ingress "${this.node.path}": it has no routes.`);

    const paths = backends.map(({ path, port, service }) => ({
      path,
      pathType: 'Prefix',
      backend: { service: { name: service, port: { name: port.name } } },
    }));
    const tls = props.tls === undefined ? undefined : [{ hosts: [props.host], secretName: props.tls }];
    new ApiObject(this, 'Resource', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: props.name ?? id },
      spec: {
        ingressClassName: Lazy.any({ produce: () => props.className ?? this.controller()?.className }),
        rules: [{ host: props.host, http: { paths } }],
        tls,
      },
    });
    // Controllers send to the pods themselves, not through the Service (ING-15).
    for (const { port } of backends) port.owner.admit(() => this.controller(), port);
    this.node.addValidation({ validate: () => this.unknownController() });
  }

  /** Not before synth: the cluster may be described after the apps. */
  private controller(): IngressController | undefined {
    return (this.given ? controllersFrom([this.given]) : ingressControllersOf(this))[0];
  }

  private unknownController(): string[] {
    if (this.controller()) return [];
    return [
      'no ingress controller is known, so no policy can let it in to the apps behind this Ingress: ' +
        'set `ingress: [IngressController.nginx()]` on the PodNetwork, or `controller` on the Ingress',
    ];
  }

  /** An Ingress can only name Services of its own namespace. */
  private serviceOf(path: string, port: AppPort): string {
    const { service, label } = port.owner;
    const namespace = Chart.of(this).namespace ?? 'default';
    if (!service || port.dialled === undefined) {
      throw new Error(
        `Unable to route ${path} to port "${port.name}" of ${label} (${this.node.path}): it is in no Service of the cluster.`,
      );
    }
    if (service.namespace !== namespace) {
      throw new Error(
        `Unable to route ${path} to ${label} (${this.node.path}): it is in namespace "${service.namespace}", ` +
          `and an Ingress reaches Services of its own namespace "${namespace}" only. Create the Ingress in that chart.`,
      );
    }
    return service.name;
  }
}
