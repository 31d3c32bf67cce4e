import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { attachOwn } from '../../synth/hook';
import { secretName, type TlsSecret } from '../tls-secret';
import { type AllowedRoutes, allowedRoutesSpec } from './allowed-routes';
import { ExistingGateway, type ExistingGatewayProps } from './existing-gateway';
import { type GatewayControllerSpec, nameGatewayController, proxyPods } from './gateway-controller';
import { GATEWAY, type GatewayFacts, type GatewayRef, type LISTENER } from './gateway-ref';
import type { Listener } from './listener';
import { checkedListeners } from './listeners';
import { grantReference } from './reference-grant';

/** @typeParam L names of its listeners, inferred from `listeners` */
export interface GatewayProps<L extends string> {
  /** The GatewayClass, which says whose controller serves it. */
  readonly className: string;
  /** Where it takes requests, by name. */
  readonly listeners: Readonly<Record<L, Listener>>;
  /** Whose routes its listeners take, unless one says otherwise (GW-04). @default 'Same' */
  readonly allowedRoutes?: AllowedRoutes;
  /**
   * Whose pods the policies of the apps behind it let in.
   *
   * @default - that of the app's `PodNetwork`, or of a GatewayClass of this app, which has the class
   */
  readonly controller?: GatewayControllerSpec;
  /** Annotations for others than Portolan, e.g. of cert-manager. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Name of the object. @default - the id */
  readonly name?: string;
}

/**
 * A Gateway: where requests from outside are taken, by its listeners. Routes say what becomes of them.
 *
 * @typeParam L names of its listeners: a field of type `Gateway` takes any, one of type `Gateway<'https'>` those with this listener
 */
export class Gateway<in L extends string = never> extends Construct implements GatewayRef<L> {
  /** A Gateway that is deployed from another repository, e.g. by a platform team: a value to attach routes to, which emits nothing. */
  static existing<L extends string>(props: ExistingGatewayProps<L>): ExistingGateway<L> {
    return new ExistingGateway(props);
  }

  /** Name of the object. */
  readonly name: string;

  /** The namespace of the chart, else `default`. */
  readonly namespace: string;

  readonly [GATEWAY]: GatewayFacts;
  declare readonly [LISTENER]?: (name: L) => void;

  constructor(scope: Construct, id: string, props: GatewayProps<L>) {
    super(scope, id);
    attachOwn(this);
    if (props.controller) nameGatewayController(this, props.controller, props.className);
    const where = `Gateway "${this.node.path}"`;
    this.name = props.name ?? id;
    this.namespace = Chart.of(this).namespace ?? 'default';
    const listeners = checkedListeners(where, props.listeners);
    const { name, namespace } = this;
    this[GATEWAY] = {
      where,
      name,
      namespace,
      listeners: [...listeners.keys()],
      declared: listeners,
      allowedRoutes: (listener) => listeners.get(listener)?.allowedRoutes ?? props.allowedRoutes ?? 'Same',
      proxy: () => proxyPods(this, { name, namespace, className: props.className }),
    };
    new ApiObject(this, 'Resource', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name, annotations: { ...props.annotations } },
      spec: {
        gatewayClassName: props.className,
        listeners: [...listeners].map(([each, listener]) => this.listenerSpec(each, listener, props.allowedRoutes)),
      },
    });
  }

  private listenerSpec(name: string, listener: Listener, ofGateway: AllowedRoutes | undefined): object {
    const { port, protocol, hostname, certificates, allowedRoutes = ofGateway } = listener;
    const refs = certificates.map((secret) => this.certificateRef(secret));
    const tls = refs.length > 0 ? { mode: 'Terminate', certificateRefs: refs } : undefined;
    return { name, port, protocol, hostname, tls, allowedRoutes: allowedRoutesSpec(allowedRoutes) };
  }

  /** GW-10: a Secret of another namespace needs a grant there, which is made where the construct of the Secret is. */
  private certificateRef(secret: TlsSecret): object {
    const { name, namespace = this.namespace } = secretName(this[GATEWAY].where, secret);
    if (namespace === this.namespace) return { kind: 'Secret', name };
    if (typeof secret !== 'string') {
      const from = { kind: 'Gateway', namespace: this.namespace } as const;
      grantReference(secret, { from, to: { kind: 'Secret', name, namespace } });
    }
    return { kind: 'Secret', name, namespace };
  }
}
