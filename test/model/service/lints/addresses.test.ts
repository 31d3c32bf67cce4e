import { service } from '../../../support/manifests';
import { allLints, lintsOf } from './support';

const selector = { app: 'api' };
const nodePort = (name: string, port: object, spec: object = {}) =>
  service(name, { type: 'NodePort', selector, ports: [{ port: 80, ...port }], ...spec });
const at = (name: string, clusterIP: string, spec: object = {}) =>
  service(name, { clusterIP, selector, ports: [{ port: 80 }], ...spec });

describe('PTL234: an external name is an address (SVC-22)', () => {
  const external = (externalName: string) => service('db', { type: 'ExternalName', externalName });

  test.each(['192.0.2.7', '192.0.2.7.'])('%s: it fires, as an error', (name) => {
    expect(allLints([external(name)])).toEqual(['error PTL234 shop/db spec.externalName']);
  });

  test.each(['db.example.com', '192.0.2.7.nip.io', '7'])('%s: it does not fire', (name) => {
    expect(allLints([external(name)])).toEqual([]);
  });
});

describe('PTL235: two Services ask for one node port (SVC-20)', () => {
  test('it fires at the second, and tells the first', () => {
    const manifests = [nodePort('a', { nodePort: 30080 }), nodePort('b', { nodePort: 30080 })];
    expect(allLints(manifests)).toEqual(['error PTL235 shop/b spec.ports[0].nodePort']);
    expect(lintsOf('PTL235', manifests)[0].twin).toMatchObject({ kind: 'Service', namespace: 'shop', name: 'a' });
  });

  test('it fires for the port of health checks', () => {
    const checked = service('b', {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 30080,
      selector,
      ports: [{ port: 80 }],
    });
    expect(allLints([nodePort('a', { nodePort: 30080 }), checked])).toEqual([
      'error PTL235 shop/b spec.healthCheckNodePort',
    ]);
  });

  test.each<[string, readonly object[]]>([
    ['other numbers', [nodePort('a', { nodePort: 30080 }), nodePort('b', { nodePort: 30081 })]],
    ['another protocol', [nodePort('a', { nodePort: 30053 }), nodePort('b', { nodePort: 30053, protocol: 'UDP' })]],
    ['numbers that Kubernetes chooses', [nodePort('a', {}), nodePort('b', {})]],
  ])('%s: it does not fire', (_what, manifests) => {
    expect(allLints(manifests)).toEqual([]);
  });
});

describe('PTL236: a node port outside the usual range (SVC-20)', () => {
  test.each([
    [29999, 1],
    [30000, 0],
    [32767, 0],
    [32768, 1],
  ])('%d fires %d times', (port, times) => {
    expect(lintsOf('PTL236', [nodePort('a', { nodePort: port })])).toHaveLength(times);
  });

  test('a live cluster has given what its dump shows', () => {
    const kubernetes = service('kubernetes', { clusterIP: '10.96.0.1', ports: [{ port: 443 }] }, 'default');
    expect(lintsOf('PTL236', [kubernetes, nodePort('a', { nodePort: 8080 })])).toEqual([]);
  });
});

describe('PTL237: an address outside the service ranges of the profile (SVC-32)', () => {
  const profile = { serviceCidr: ['10.96.0.0/12', 'fd00:10::/108'] };

  test.each<[string, object, readonly string[]]>([
    ['inside', at('a', '10.96.0.7'), []],
    ['outside', at('a', '10.43.0.7'), ['warning PTL237 shop/a spec.clusterIP']],
    [
      'the second outside',
      at('a', '10.96.0.7', { clusterIPs: ['10.96.0.7', 'fd01::7'] }),
      ['warning PTL237 shop/a spec.clusterIPs[1]'],
    ],
    ['SVC-21: none', at('a', 'None'), []],
  ])('%s', (_what, manifest, lints) => {
    expect(allLints([manifest], profile)).toEqual(lints);
  });

  test('without a range in the profile nobody knows', () => {
    expect(allLints([at('a', '203.0.113.7')])).toEqual([]);
  });
});

describe('PTL238: two Services ask for one address (SVC-32)', () => {
  test('it fires at the second, and tells the first', () => {
    const manifests = [at('a', '10.96.0.7', { clusterIPs: ['10.96.0.7'] }), at('b', '10.96.0.7')];
    expect(allLints(manifests)).toEqual(['error PTL238 shop/b spec.clusterIP']);
    expect(lintsOf('PTL238', manifests)[0].twin.name).toBe('a');
  });

  test('two headless Services share nothing', () => {
    expect(allLints([at('a', 'None'), at('b', 'None')])).toEqual([]);
  });
});
