import { Zone } from '../../../lib/model/dns/zone';
import { service } from '../../support/manifests';
import { asking, http, networkOf, running, SVC, shop } from './support';

const ask = asking(shop);

describe('DNS-06, DNS-13: names of endpoints', () => {
  test.each([
    ['a hostname with the subdomain of the Service', `first.pods.${SVC}`, 'NOERROR, A 10.244.0.2'],
    ['it takes the place of the dashed address', `10-244-0-2.pods.${SVC}`, 'NXDOMAIN'],
    ['below another Service the dashed address', `10-244-0-2.web.${SVC}`, 'NOERROR, A 10.244.0.2'],
    ['there the hostname is none', `first.web.${SVC}`, 'NXDOMAIN'],
    ['without a hostname the dashed address', `10-244-0-3.pods.${SVC}`, 'NOERROR, A 10.244.0.3'],
    ['never the name of the pod', `web-1.pods.${SVC}`, 'NXDOMAIN'],
    ['none for a pod that is not ready', `10-244-0-4.pods.${SVC}`, 'NXDOMAIN'],
  ])('%s', (_rule, name, expected) => {
    expect(ask(name)).toBe(expected);
  });

  test.each([
    ['hostname and subdomain', { hostname: 'h', subdomain: 'pods' }, 'h', 'NOERROR, A 10.0.0.1'],
    ['a hostname alone', { hostname: 'h' }, 'h', 'NXDOMAIN'],
    ['a subdomain alone', { subdomain: 'pods' }, 'h', 'NXDOMAIN'],
    ['a subdomain alone has the dashed address', { subdomain: 'pods' }, '10-0-0-1', 'NOERROR, A 10.0.0.1'],
    ['another subdomain', { hostname: 'h', subdomain: 'other' }, 'h', 'NXDOMAIN'],
  ])('%s', (_rule, spec, label, expected) => {
    const pods = service('pods', { clusterIP: 'None', selector: { app: 'x' }, ports: http });
    expect(asking([pods, running('shop/x', { app: 'x', ip: '10.0.0.1', spec })])(`${label}.pods.${SVC}`)).toBe(
      expected,
    );
  });

  test('an IPv6 address that ends in two colons gets a zero', () => {
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 's', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'six' } },
      addressType: 'IPv6',
      endpoints: [{ addresses: ['fd00::'] }],
      ports: [],
    };
    const six = service('six', { clusterIP: 'None', ipFamilies: ['IPv6'], ports: http });
    expect(asking([six, slice])(`fd00--0.six.${SVC}`, 'AAAA')).toBe('NOERROR, AAAA fd00::');
  });

  test('the pods of a StatefulSet have their names before they have their addresses', () => {
    const set = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace: 'shop' },
      spec: {
        replicas: 2,
        serviceName: 'db',
        selector: { matchLabels: { app: 'db' } },
        template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'c', image: 'x' }] } },
      },
    };
    const db = service('db', { clusterIP: 'None', selector: { app: 'db' }, ports: [{ name: 'sql', port: 5432 }] });
    const askSet = asking([set, db]);
    expect(askSet(`db.${SVC}`)).toBe('NOERROR, A ?, A ?');
    expect(askSet(`_sql._tcp.db.${SVC}`, 'SRV')).toBe(
      `NOERROR, SRV 0 50 5432 db-0.db.${SVC}., SRV 0 50 5432 db-1.db.${SVC}.`,
    );
    expect([0, 1, 2].map((n) => askSet(`db-${n}.db.${SVC}`))).toEqual(['NOERROR, A ?', 'NOERROR, A ?', 'NXDOMAIN']);
    expect(askSet(`10-244-0-9.db.${SVC}`)).toBe('NXDOMAIN');
    const { replicas: _, ...open } = set.spec;
    expect(asking([{ ...set, spec: open }, db])(`db-1.db.${SVC}`)).toBe('unknown');
    const later = asking([{ ...set, spec: { ...set.spec, ordinals: { start: 5 } } }, db]);
    expect([0, 5, 6, 7].map((n) => later(`db-${n}.db.${SVC}`))).toEqual([
      'NXDOMAIN',
      'NOERROR, A ?',
      'NOERROR, A ?',
      'NXDOMAIN',
    ]);
  });

  test('a pod that is yet to get its address may get the one that is asked for', () => {
    const pods = service('pods', { clusterIP: 'None', selector: { app: 'x' }, ports: http });
    const later = { ...running('shop/x', { app: 'x' }), status: {} };
    expect(asking([pods, later])(`10-0-0-1.pods.${SVC}`)).toBe('unknown');
    expect(asking([pods, later], { podCidr: '10.244.0.0/16' })(`10-0-0-1.pods.${SVC}`)).toBe('NXDOMAIN');
  });
});

test('DNS-05: a Service publishes what is not ready where it says so, and what is being deleted', () => {
  const pods = service('pods', {
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    selector: { app: 'x' },
    ports: http,
  });
  const manifests = [
    pods,
    running('shop/a', { app: 'x', ip: '10.0.0.1', ready: false }),
    running('shop/b', { app: 'x', ip: '10.0.0.2', deleted: true }),
    running('shop/c', { app: 'x', ip: '10.0.0.3', phase: 'Succeeded' }),
  ];
  expect(asking(manifests)(`pods.${SVC}`)).toBe('NOERROR, A 10.0.0.1, A 10.0.0.2');
});

test('SVC-02: endpoints that somebody else makes are left open', () => {
  const others = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'db', namespace: 'shop', labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
  };
  const db = service('db', { clusterIP: 'None', ports: http });
  expect(asking([db])(`db.${SVC}`)).toBe('NXDOMAIN');
  expect(asking([db, others])(`db.${SVC}`)).toBe('unknown');
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 's', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'db' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['192.0.2.9'] }],
    ports: [],
  };
  const zone = new Zone(networkOf([db, others, slice]).cluster);
  for (const type of ['A', 'AAAA'] as const) {
    expect(zone.answer(`db.${SVC}`, type)).toMatchObject({ rcode: 'NOERROR', doubts: [{ rule: 'SVC-02' }] });
  }
});

test('SVC-08: the slices of a Service that lost its selector stay as they were', () => {
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 's',
      namespace: 'shop',
      labels: {
        'kubernetes.io/service-name': 'db',
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
    },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.244.0.9'] }],
    ports: [],
  };
  const db = (spec: object) => asking([service('db', { clusterIP: 'None', ports: http, ...spec }), slice])(`db.${SVC}`);
  expect([db({}), db({ selector: { app: 'gone' } })]).toEqual(['NOERROR, A 10.244.0.9', 'NXDOMAIN']);
});

test('DNS-05: endpoints that are names are left open', () => {
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 's', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'names' } },
    addressType: 'FQDN',
    endpoints: [{ addresses: ['www.example.com'] }],
    ports: [],
  };
  expect(asking([service('names', { clusterIP: 'None', ports: http }), slice])(`names.${SVC}`)).toBe('unknown');
});

test('DNS-08: CoreDNS has names for the endpoints of slices whose Service is gone', () => {
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 's', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'gone' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['192.0.2.9'], hostname: 'nine' }],
    ports: [],
  };
  expect(asking([slice])('9.2.0.192.in-addr.arpa', 'PTR')).toBe(`NOERROR, PTR nine.gone.${SVC}.`);
  expect(asking([slice])(`nine.gone.${SVC}`)).toBe('NXDOMAIN');
});
