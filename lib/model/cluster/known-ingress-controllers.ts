import type { ContainerPort } from '../manifest/resources';
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
    ports: portsOf({ http: 80, https: 443 }),
  },
  haproxy: {
    kind: 'haproxy',
    controller: 'haproxy.org/ingress-controller/haproxy',
    namespace: 'haproxy-controller',
    labels: { 'app.kubernetes.io/name': 'kubernetes-ingress' },
    ports: portsOf({ http: 8080, https: 8443 }),
  },
  traefik: {
    kind: 'traefik',
    controller: 'traefik.io/ingress-controller',
    gatewayController: 'traefik.io/gateway-controller',
    namespace: 'traefik',
    labels: { 'app.kubernetes.io/name': 'traefik' },
    ports: portsOf({ web: 8000, websecure: 8443 }),
  },
};

function portsOf(byName: Readonly<Record<string, number>>): IngressController['ports'] {
  return Object.entries(byName).map(([name, port]) => ({ name, port, protocol: 'TCP' }));
}

const NAMES: Readonly<Record<'http' | 'https', readonly string[]>> = {
  http: ['http', 'web'],
  https: ['https', 'websecure'],
};

/** Whether a port of a controller's pods is the one for a scheme, by the name that the Helm charts give it. */
export function isPortFor(scheme: 'http' | 'https', { name }: ContainerPort): boolean {
  return name !== undefined && NAMES[scheme].includes(name);
}
