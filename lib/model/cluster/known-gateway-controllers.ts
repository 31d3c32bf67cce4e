import type { GatewayController } from './gateway-controller';

type Known = Omit<GatewayController, 'name' | 'isTold'> & { readonly controllerName: string };

/** GEP-1762: the label by which everything that a controller makes for a Gateway is found. */
export const gatewayNameLabel: GatewayController['labelsOf'] = ({ name }) => ({
  'gateway.networking.k8s.io/gateway-name': name,
});

const samePort = (port: number) => port;

/** Where controllers put the proxies of a Gateway and how they label them, by the names that profiles use. */
export const KNOWN_GATEWAY_CONTROLLERS: Readonly<Record<string, Known>> = {
  istio: {
    controllerName: 'istio.io/gateway-controller',
    className: 'istio',
    labelsOf: gatewayNameLabel,
    containerPortOf: samePort,
  },
  envoy: {
    controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
    className: 'eg',
    namespace: 'envoy-gateway-system',
    labelsOf: ({ namespace, name }) => ({
      'gateway.envoyproxy.io/owning-gateway-namespace': namespace,
      'gateway.envoyproxy.io/owning-gateway-name': name,
    }),
    // Its proxies don't run as root, and listen 10000 above ports that only root may open.
    containerPortOf: (port) => (port < 1024 ? port + 10_000 : port),
  },
  nginx: {
    controllerName: 'gateway.nginx.org/nginx-gateway-controller',
    className: 'nginx',
    labelsOf: gatewayNameLabel,
    containerPortOf: samePort,
  },
  kgateway: {
    controllerName: 'kgateway.dev/kgateway',
    className: 'kgateway',
    labelsOf: gatewayNameLabel,
    containerPortOf: samePort,
  },
};

/** Controllers whose proxies are no pods that a policy could let in, and what they are. */
export const WITHOUT_PODS: ReadonlyMap<string, string> = new Map([
  ['io.cilium/gateway-controller', 'the Envoy of each node'],
  ['networking.gke.io/gateway', 'a load balancer outside of the cluster'],
]);
