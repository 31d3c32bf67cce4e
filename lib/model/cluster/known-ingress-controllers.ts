import type { IngressController } from './ingress-controller';

type Known = Required<Pick<IngressController, 'kind' | 'controller' | 'namespace' | 'ports'>> &
  Pick<IngressController, 'gatewayController'> & { readonly labels: Readonly<Record<string, string>> };

/** Where the Helm charts of the controllers put them, how they label their pods, and on which ports these listen. */
export const KNOWN_INGRESS_CONTROLLERS: Readonly<Record<Exclude<IngressController['kind'], 'conformant'>, Known>> = {
  nginx: {
    kind: 'nginx',
    controller: 'k8s.io/ingress-nginx',
    namespace: 'ingress-nginx',
    labels: { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' },
    ports: portsOf(80, 443),
  },
  haproxy: {
    kind: 'haproxy',
    controller: 'haproxy.org/ingress-controller/haproxy',
    namespace: 'haproxy-controller',
    labels: { 'app.kubernetes.io/name': 'kubernetes-ingress' },
    ports: portsOf(8080, 8443),
  },
  traefik: {
    kind: 'traefik',
    controller: 'traefik.io/ingress-controller',
    gatewayController: 'traefik.io/gateway-controller',
    namespace: 'traefik',
    labels: { 'app.kubernetes.io/name': 'traefik' },
    ports: portsOf(8000, 8443),
  },
};

function portsOf(http: number, https: number): IngressController['ports'] {
  return [
    { name: 'http', port: http, protocol: 'TCP' },
    { name: 'https', port: https, protocol: 'TCP' },
  ];
}
