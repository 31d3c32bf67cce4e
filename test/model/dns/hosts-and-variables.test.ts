import { service } from '../../support/manifests';
import { networkOf, running } from './support';

const http = { ports: [{ name: 'http', port: 80 }] };
const resolving = (spec: object, ...manifests: object[]) => {
  const network = networkOf([
    service('web', { clusterIP: '10.96.0.7', ...http }),
    ...manifests,
    running('shop/me', { ip: '10.0.0.1', spec }),
  ]);
  const from = network.cluster.podsIn('shop').find(({ podName }) => podName === 'me')!;
  return (name: string, resolver?: 'glibc' | 'musl' | 'go') => network.resolve({ name, from, resolver });
};
const aliases = { hostAliases: [{ ip: '192.0.2.9', hostnames: ['web', 'db.example'] }] };

describe('DNS-24: the hosts file', () => {
  test('an alias wins over a Service of the name, and needs no question', () => {
    expect(resolving(aliases)('web')).toMatchObject({
      by: 'hosts',
      queries: [],
      answers: [{ type: 'A', data: '192.0.2.9' }],
    });
    expect(resolving({})('web')).toMatchObject({ by: 'dns', answers: [{ data: '10.96.0.7' }] });
  });

  test('a longer name for the same Service is another name', () => {
    expect(resolving(aliases)('web.shop')).toMatchObject({ by: 'dns', answers: [{ data: '10.96.0.7' }] });
  });

  test('musl minds the case of letters, so that resolvers part', () => {
    const ask = resolving(aliases);
    expect([ask('WEB', 'glibc').by, ask('WEB', 'go').by, ask('WEB', 'musl').by]).toEqual(['hosts', 'hosts', 'dns']);
    expect(ask('WEB')).toMatchObject({ result: 'unknown', doubts: [{ rule: 'DNS-21' }] });
  });

  test('a pod knows its own name, before it has its address too', () => {
    expect(resolving({})('me').answers).toMatchObject([{ data: '10.0.0.1' }]);
    expect(resolving({ hostname: 'own', subdomain: 'set' })('own.set.shop.svc.cluster.local').by).toBe('hosts');
    const later = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { containers: [{ name: 'c', image: 'x' }] },
    };
    const network = networkOf([service('web', http), later]);
    expect(network.resolve({ name: 'web', from: network.cluster.podsIn('shop')[0] })).toMatchObject({
      by: 'hosts',
      answers: [{ type: 'A', data: undefined }],
    });
  });

  test('hostnameOverride takes the place of its name there, and of none in the DNS', () => {
    const ask = resolving({ hostname: 'own', subdomain: 'web', hostnameOverride: 'legacy' });
    expect([ask('legacy').by, ask('own').by]).toEqual(['hosts', 'dns']);
    const headless = service('web', { clusterIP: 'None', selector: { app: 'x' }, ...http });
    const spec = { hostname: 'own', subdomain: 'web', hostnameOverride: 'legacy' };
    const network = networkOf([headless, running('shop/x', { app: 'x', ip: '10.0.0.1', spec })]);
    expect(network.resolve({ name: 'own.web.shop.svc.cluster.local' }).result).toBe('found');
  });

  test('in the node’s network it is the node that has a name there', () => {
    expect(resolving({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' })('me').by).toBe('dns');
  });

  test('each pod of a StatefulSet has its own name, and nobody knows which of them asks', () => {
    const set = (replicas: number) => ({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace: 'shop' },
      spec: {
        replicas,
        serviceName: 'db',
        selector: { matchLabels: { app: 'db' } },
        template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'c', image: 'x' }] } },
      },
    });
    const ask = (name: string) => {
      const network = networkOf([set(2), service('db', { clusterIP: 'None', selector: { app: 'db' }, ...http })]);
      return network.resolve({ name, from: network.cluster.podsIn('shop')[0] });
    };
    expect(ask('db-0')).toMatchObject({ result: 'unknown' });
    expect(ask('db-0').doubts.map(({ rule }) => rule)).toContain('DNS-24');
    expect(ask('db-0.db')).toMatchObject({ result: 'found', doubts: [] });
  });
});

describe('DNS-25: variables', () => {
  const services = [
    service('web-api', {
      clusterIP: '10.96.0.7',
      ports: [
        { name: 'http', port: 80 },
        { name: 'dns', port: 53, protocol: 'UDP' },
      ],
    }),
    service('six', { clusterIP: 'fd00::7', ipFamilies: ['IPv6'], ...http }),
    service('later', http),
    service('headless', { clusterIP: 'None', ...http }),
    service('alias', { type: 'ExternalName', externalName: 'www.example.com' }),
    service('elsewhere', { clusterIP: '10.96.0.9', ...http }, 'ops'),
    service('kubernetes', { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443 }] }, 'default'),
  ];
  const variables = (spec: object = {}) => {
    const network = networkOf([...services, running('shop/me', { ip: '10.0.0.1', spec })]);
    const found = network.serviceVariablesOf(network.cluster.podsIn('shop')[0]);
    return Object.fromEntries(found.map(({ name, value }) => [name, value]));
  };

  test('tell of the Services of the namespace, and of the API server', () => {
    expect(variables()).toMatchObject({
      WEB_API_SERVICE_HOST: '10.96.0.7',
      WEB_API_SERVICE_PORT: '80',
      WEB_API_SERVICE_PORT_HTTP: '80',
      WEB_API_SERVICE_PORT_DNS: '53',
      WEB_API_PORT: 'tcp://10.96.0.7:80',
      WEB_API_PORT_53_UDP: 'udp://10.96.0.7:53',
      WEB_API_PORT_53_UDP_PROTO: 'udp',
      WEB_API_PORT_53_UDP_PORT: '53',
      WEB_API_PORT_53_UDP_ADDR: '10.96.0.7',
      SIX_PORT: 'tcp://[fd00::7]:80',
      KUBERNETES_SERVICE_HOST: '10.96.0.1',
    });
  });

  test('of an address that is yet to be chosen the variable is there, and its value is not', () => {
    expect(Object.entries(variables())).toContainEqual(['LATER_SERVICE_HOST', undefined]);
  });

  test('there are none of other namespaces, headless Services and aliases', () => {
    expect(Object.keys(variables()).filter((name) => /^(HEADLESS|ALIAS|ELSEWHERE)_/.test(name))).toEqual([]);
  });

  test('without enableServiceLinks only the API server is left', () => {
    const names = Object.keys(variables({ enableServiceLinks: false }));
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !name.startsWith('KUBERNETES_'))).toEqual([]);
  });
});
