import { deployment, ns, service } from '../../../../support/manifests';

/** What clients of a Gateway see, as the conformance tests of the Gateway API have it. */
export interface Scenario {
  /** The short name of the conformance test. */
  readonly name: string;
  readonly rule: string;
  readonly objects: readonly object[];
  /** @default 'same-namespace' */
  readonly gateway?: string;
  readonly requests: readonly Expected[];
}

/**
 * A URL, without scheme and host where these don't matter; the method before it and headers behind it.
 * The answer: a Service of the namespace of the Gateways (`ns/name` elsewhere) with `as` what it gets, several with their shares
 * in per cent, a status, a redirect, or `refused`.
 */
export type Expected = readonly [request: string, answer: string | number, headers?: Readonly<Record<string, string>>];

export const INFRA = 'gateway-conformance-infra';
export const APP = 'gateway-conformance-app-backend';
export const WEB = 'gateway-conformance-web-backend';
const API = 'gateway.networking.k8s.io/v1';

export interface Route {
  readonly kind?: string;
  readonly namespace?: string;
  /** @default ['same-namespace'] */
  readonly parents?: readonly (string | object)[];
  readonly hostnames?: readonly string[];
  readonly createdAt?: string;
}

export function route(name: string, rules: readonly object[], spec: Route = {}): object {
  const { kind = 'HTTPRoute', namespace = INFRA, parents = ['same-namespace'], hostnames, createdAt } = spec;
  const parentRefs = parents.map((each) => (typeof each === 'string' ? { name: each, namespace: INFRA } : each));
  const metadata = { name, namespace, creationTimestamp: createdAt };
  return { apiVersion: API, kind, metadata, spec: { parentRefs, hostnames, rules } };
}

/** A rule that forwards; `v1` is the Service `infra-backend-v1`. */
export function to(backend: string | readonly object[], ...matches: readonly object[]): object {
  return {
    matches: matches.length > 0 ? matches : undefined,
    backendRefs: typeof backend === 'string' ? [ref(backend)] : backend,
  };
}

export function ref(name: string, rest: object = {}): object {
  return { name: /^v\d$/.test(name) ? `infra-backend-${name}` : name, port: 8080, ...rest };
}

export const prefix = (value: string, rest: object = {}) => ({ path: { type: 'PathPrefix', value }, ...rest });
export const exact = (value: string, rest: object = {}) => ({ path: { type: 'Exact', value }, ...rest });
export const header = (...pairs: readonly string[]) => ({ headers: pairs.map(named) });
export const query = (...pairs: readonly string[]) => ({ queryParams: pairs.map(named) });

function named(pair: string): object {
  const [name, value] = pair.split('=');
  return { name, value };
}

export function gateway(name: string, listeners: readonly object[], rest: object = {}): object {
  const spec = { gatewayClassName: 'conformance', listeners, ...rest };
  return { apiVersion: API, kind: 'Gateway', metadata: { name, namespace: INFRA }, spec };
}

export function listener(name: string, hostname?: string, rest: object = {}): object {
  return { name, hostname, port: 80, protocol: 'HTTP', ...rest };
}

/** Of names, of a wildcard above one of them and of another: what the suites of both kinds of routes try. */
export const LISTENERS_BY_HOST = ['bar.com', 'foo.bar.com', '*.bar.com', '*.foo.com'].map((host, i) =>
  listener(`listener-${i + 1}`, host),
);

export const from = (namespaces: string, selector?: object) => ({
  allowedRoutes: { namespaces: { from: namespaces, selector } },
});

export const certificate = (name: string, namespace = INFRA) => ({ tls: { certificateRefs: [{ name, namespace }] } });

function backend(name: string, namespace = INFRA, ports = [{ port: 8080, targetPort: 3000 }]): readonly object[] {
  return [deployment(name, { namespace, ports: [] }), service(name, { selector: { app: name }, ports }, namespace)];
}

const tls = [{ port: 443, targetPort: 8443 }];

/** The Namespaces, Gateways and backends that all conformance tests start from. */
export const BASE: readonly object[] = [
  ns(INFRA, { 'gateway-conformance': 'infra' }),
  ns(APP, { 'gateway-conformance': 'backend' }),
  ns(WEB, { 'gateway-conformance': 'backend' }),
  gateway('same-namespace', [listener('http')]),
  gateway('same-namespace-with-https-listener', [
    listener('https', undefined, { port: 443, protocol: 'HTTPS', ...certificate('tls-validity-checks-certificate') }),
    listener('https-with-hostname', 'second-example.org', {
      port: 443,
      protocol: 'HTTPS',
      ...certificate('tls-validity-checks-certificate'),
    }),
  ]),
  gateway('all-namespaces', [listener('http', undefined, from('All'))]),
  gateway('backend-namespaces', [
    listener('http', undefined, from('Selector', { matchLabels: { 'gateway-conformance': 'backend' } })),
  ]),
  ...['infra-backend-v1', 'infra-backend-v2', 'infra-backend-v3'].flatMap((name) => backend(name)),
  ...['grpc-infra-backend-v1', 'grpc-infra-backend-v2', 'grpc-infra-backend-v3'].flatMap((name) => backend(name)),
  ...['app-backend-v1', 'app-backend-v2'].flatMap((name) => backend(name, APP)),
  ...backend('web-backend', WEB),
  ...backend('tls-backend', INFRA, tls),
  ...backend('tls-backend', APP, tls),
];
