import { Network } from '../../../lib/model/network';
import { deployment, service } from '../../support/manifests';

const HOST = 'shop.example.com';
const GATEWAY_API = 'gateway.networking.k8s.io/v1';
const app = (name: string) => [
  deployment(name, { ports: [{ containerPort: 8080 }] }),
  service(name, { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }] }),
];
const gateway = (name: string, port = 80) => ({
  apiVersion: GATEWAY_API,
  kind: 'Gateway',
  metadata: { name, namespace: 'shop' },
  spec: { gatewayClassName: 'example', listeners: [{ name: 'http', port, protocol: 'HTTP' }] },
});
const httpRoute = (name: string, gateways: readonly string[], to: string, hostnames?: readonly string[]) => ({
  apiVersion: GATEWAY_API,
  kind: 'HTTPRoute',
  metadata: { name, namespace: 'shop' },
  spec: {
    parentRefs: gateways.map((name) => ({ name })),
    hostnames,
    rules: [{ backendRefs: [{ name: to, port: 80 }] }],
  },
});
const ingress = (to: string, host?: string, ingressClassName?: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: to, namespace: 'shop' },
  spec: {
    ingressClassName,
    rules: [
      {
        host,
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: to, port: { number: 80 } } } }] },
      },
    ],
  },
});
const other = (apiVersion: string, kind: string, spec: object) => ({
  apiVersion,
  kind,
  metadata: { name: 'other', namespace: 'shop' },
  spec,
});
const apps = [...app('web'), ...app('api')];

function ask(manifests: readonly object[], gateway?: string) {
  const verdict = Network.from([...apps, ...manifests]).route({ url: `http://${HOST}/`, gateway });
  const { outcome, taken, answers, doubts } = verdict;
  const to = answers.flatMap((answer) =>
    answer.type !== 'forwards'
      ? [answer.type]
      : answer.to.map((share) =>
          'service' in share ? share.service.name : 'status' in share ? `${share.status}` : 'elsewhere',
        ),
  );
  return { outcome, by: taken?.edge.label, to, doubts: doubts.map(({ rule }) => rule) };
}

describe('which proxy takes a request', () => {
  test('the one that knows the very host goes before one that takes every host', () => {
    const all = [gateway('public'), httpRoute('r', ['public'], 'api'), ingress('web', HOST)];
    expect(ask(all)).toMatchObject({ by: 'the ingress controller', to: ['web'] });
    const named = [gateway('public'), httpRoute('r', ['public'], 'api', [HOST]), ingress('web')];
    expect(ask(named)).toMatchObject({ by: 'Gateway shop/public', to: ['api'] });
  });

  test('of several that know it as well and answer differently nobody knows, until one is named', () => {
    const two = [gateway('a'), gateway('b'), httpRoute('r', ['a'], 'api'), httpRoute('s', ['b'], 'web')];
    expect(ask(two)).toMatchObject({ outcome: 'unknown', by: undefined, to: ['api', 'web'], doubts: ['GW-02'] });
    expect(ask(two, 'shop/b')).toMatchObject({ outcome: 'allowed', by: 'Gateway shop/b', to: ['web'], doubts: [] });
  });

  test('several that answer alike leave nothing open', () => {
    const two = [gateway('a'), gateway('b'), httpRoute('r', ['a', 'b'], 'api')];
    expect(ask(two)).toMatchObject({ outcome: 'allowed', to: ['api'], doubts: [] });
  });

  test('a Gateway that does not listen on the port takes nothing', () => {
    expect(ask([gateway('a', 8080), gateway('b'), httpRoute('r', ['a'], 'api')])).toMatchObject({
      outcome: 'denied',
      by: 'Gateway shop/b',
      to: ['answers'],
    });
  });

  test('where the one that knows the host best may not serve, the next is possible as well (ING-13)', () => {
    const all = [gateway('public'), httpRoute('r', ['public'], 'api'), ingress('web', HOST, 'nobody')];
    expect(ask(all)).toMatchObject({ outcome: 'unknown', to: expect.arrayContaining(['api', 'web']) });
  });

  test('an unknown Gateway is refused with the name that was meant', () => {
    expect(() => ask([gateway('public')], 'shop/publik')).toThrow('no manifest declares Gateway shop/publik');
  });
});

describe('routing of kinds that are not modelled leaves open who takes a request', () => {
  test.each([
    ['of the host', 'networking.istio.io/v1', 'VirtualService', { hosts: [HOST] }, 'unknown'],
    ['of every host below', 'networking.istio.io/v1', 'VirtualService', { hosts: ['*.example.com'] }, 'unknown'],
    ['of every host', 'networking.istio.io/v1', 'VirtualService', { hosts: ['*'] }, 'unknown'],
    [
      'in an expression',
      'traefik.io/v1alpha1',
      'IngressRoute',
      { routes: [{ match: `Host(\`${HOST}\`)` }] },
      'unknown',
    ],
    ['of no host', 'route.openshift.io/v1', 'Route', { to: { kind: 'Service', name: 'web' } }, 'unknown'],
    ['in a pattern', 'traefik.io/v1alpha1', 'IngressRoute', { routes: [{ match: 'HostRegexp(`^.+$`)' }] }, 'unknown'],
    ['of a path', 'traefik.io/v1alpha1', 'IngressRoute', { routes: [{ match: 'PathPrefix(`/`)' }] }, 'unknown'],
    [
      'that guards a Gateway',
      'gateway.envoyproxy.io/v1alpha1',
      'SecurityPolicy',
      { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public' }] },
      'unknown',
    ],
    ['of another name', 'networking.istio.io/v1', 'VirtualService', { hosts: ['reviews'] }, 'allowed'],
    ['of another host', 'route.openshift.io/v1', 'Route', { host: 'other.example.com' }, 'allowed'],
  ])('%s', (_, apiVersion, kind, spec, outcome) => {
    expect(ask([ingress('web', HOST), other(apiVersion, kind, spec)]).outcome).toBe(outcome);
  });

  test('and without any proxy that is modelled as well', () => {
    const found = ask([other('route.openshift.io/v1', 'Route', { host: HOST })]);
    expect(found).toEqual({ outcome: 'unknown', by: undefined, to: [], doubts: ['PTL302'] });
    expect(ask([])).toEqual({ outcome: 'denied', by: undefined, to: [], doubts: [] });
  });
});
