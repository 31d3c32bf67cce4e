import type { AllowedRoutes } from './allowed-routes';
import { proxyPods } from './gateway-controller';
import { GATEWAY, type GatewayFacts, type GatewayRef, type LISTENER } from './gateway-ref';

/** @typeParam L names of its listeners, inferred from `listeners` */
export interface ExistingGatewayProps<L extends string> {
  readonly name: string;
  readonly namespace: string;
  /** The GatewayClass, by which the `gateways` of the `PodNetwork` tell where its proxy runs. @default - pods that carry its name are let in */
  readonly className?: string;
  /** Names of its listeners, as far as routes need them. @default - routes name none */
  readonly listeners?: readonly L[];
  /** Whose routes its listeners take (GW-04). @default - nobody tells */
  readonly allowedRoutes?: AllowedRoutes;
}

/** A Gateway that another repository deploys. Routes attach to it; whether it takes them its own manifests tell. */
export class ExistingGateway<in L extends string = never> implements GatewayRef<L> {
  readonly name: string;
  readonly namespace: string;
  readonly [GATEWAY]: GatewayFacts;
  declare readonly [LISTENER]?: (name: L) => void;

  /** @internal */
  constructor(props: ExistingGatewayProps<L>) {
    const { name, namespace, className = '', listeners = [], allowedRoutes } = props;
    this.name = name;
    this.namespace = namespace;
    this[GATEWAY] = {
      where: `Gateway "${namespace}/${name}"`,
      name,
      namespace,
      listeners,
      allowedRoutes: () => allowedRoutes,
      proxy: (scope) => proxyPods(scope, { name, namespace, className }),
    };
  }
}
