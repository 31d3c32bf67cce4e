import { deployment, ns, policy, service } from '../support/manifests';
import { app, checking, codes, internet, portOf, promise } from './support';

const api = deployment('api', { ports: [{ name: 'http', containerPort: 8080 }] });
const db = deployment('db', { ports: [{ name: 'sql', containerPort: 5432 }] });
const cache = deployment('cache', { ports: [{ containerPort: 6379 }] });
const shop = [ns('shop'), api, db, cache];
const profile = { podCidr: ['10.244.0.0/16'], serviceCidr: ['10.96.0.0/12'], nodeCidr: ['192.168.0.0/24'] };

const labelled = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
const egress = (...rules: object[]) =>
  policy('api-out', { ...labelled('api'), policyTypes: ['Egress'], egress: rules });
const toDb = { to: [labelled('db')], ports: [{ port: 5432 }] };
const kubeSystem = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } };
const lookups = [
  { protocol: 'UDP', port: 53 },
  { protocol: 'TCP', port: 53 },
];
const only = (...targets: Parameters<typeof portOf>[0][]) =>
  promise({ verb: 'toReachOnly', subject: app('api'), targets });

const judged = (rules: object[], intent = only(app('db')), extra: object[] = []) =>
  codes(checking([...shop, egress(...rules), ...extra], [intent], profile));

describe('expect(x).toReachOnly(y)', () => {
  test('NP-03: breaks while nothing isolates the subject for egress', () => {
    expect(codes(checking(shop, [only(app('db'))], profile))).toEqual(['PTL114']);
  });

  test('holds when the egress policies let out to the targets alone', () => {
    expect(judged([toDb])).toEqual([]);
  });

  test.each<[string, object[]]>([
    ['another declared app', [toDb, { to: [labelled('cache')] }]],
    ['pods that nobody declared', [toDb, { to: [labelled('elsewhere')] }]],
    ['addresses outside', [toDb, { to: [{ ipBlock: { cidr: '198.51.100.0/24' } }] }]],
    ['nodes', [toDb, { to: [{ ipBlock: { cidr: '192.168.0.0/24' } }] }]],
    ['the DNS port of everybody', [toDb, { ports: lookups }]],
  ])('breaks by a way to %s', (_, rules) => {
    expect(judged(rules)).toEqual(['PTL114']);
  });

  test.each<[string, object[]]>([
    ['of the DNS pods', [toDb, { to: [{ ...kubeSystem, ...labelledForDns('kube-dns') }], ports: lookups }]],
    ['of kube-system', [toDb, { to: [kubeSystem], ports: lookups }]],
  ])('DNS-29: leaves out lookups at the DNS port %s', (_, rules) => {
    expect(judged(rules)).toEqual([]);
  });

  test('DNS-29: leaves out no other port of kube-system', () => {
    expect(judged([toDb, { to: [kubeSystem] }])).toEqual(['PTL114']);
  });

  test('a target with a port lists that port alone', () => {
    expect(judged([toDb], only(portOf(app('db'), 'sql')))).toEqual([]);
    expect(judged([{ to: [labelled('db')] }], only(portOf(app('db'), 'sql')))).toEqual(['PTL114']);
  });

  test('addresses with a port list that port alone', () => {
    const block = { kind: 'addresses' as const, cidrs: ['198.51.100.0/24'] };
    const rule = (...ports: number[]) => ({
      to: [{ ipBlock: { cidr: '198.51.100.0/25' } }],
      ports: ports.map((port) => ({ port })),
    });
    expect(judged([rule(443)], only(portOf(block, 443)))).toEqual([]);
    expect(judged([rule(443, 80)], only(portOf(block, 443)))).toEqual(['PTL114']);
    expect(judged([rule(443, 80)], only(block))).toEqual([]);
  });

  test('counts a stranger though a policy of its namespace shuts it now: its authors may open it', () => {
    const shut = policy('closed', { podSelector: {}, ingress: [] }, 'ops');
    const rule = { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } }] };
    expect(judged([toDb, rule], only(app('db')), [ns('ops'), shut])).toEqual(['PTL114']);
  });

  test('names those that it gets to', () => {
    const { findings } = checking(
      [...shop, egress(toDb, { to: [labelled('cache')], ports: [{ port: 6379 }] })],
      [only(app('db'))],
      profile,
    );
    expect(findings).toMatchObject([{ code: 'PTL114', offenders: ['shop/cache[Deployment]'] }]);
  });
});

function labelledForDns(name: string) {
  return { podSelector: { matchLabels: { 'k8s-app': name } } };
}

describe('expect(x).toBeIsolated({ except })', () => {
  const isolated = (options: { ingress?: boolean; egress?: boolean; except?: ReturnType<typeof app>[] } = {}) =>
    promise({ verb: 'toBeIsolated', subject: app('api'), ingress: true, egress: true, except: [], ...options });
  const closed = policy('api-closed', { ...labelled('api'), policyTypes: ['Ingress', 'Egress'] });

  test('breaks in both directions while nothing isolates it', () => {
    expect(codes(checking(shop, [isolated()], profile))).toEqual(['PTL113', 'PTL114']);
  });

  test('holds where policies of both directions allow nothing', () => {
    expect(codes(checking([...shop, closed], [isolated()], profile))).toEqual([]);
  });

  test('is about one direction where the other is left out', () => {
    const inward = policy('api-in', { ...labelled('api'), policyTypes: ['Ingress'] });
    expect(codes(checking([...shop, inward], [isolated({ egress: false })], profile))).toEqual([]);
    expect(codes(checking([...shop, inward], [isolated({ ingress: false })], profile))).toEqual(['PTL114']);
  });

  test('spares the exceptions in both directions', () => {
    const rules = policy('api-db', {
      ...labelled('api'),
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [labelled('db')] }],
      egress: [{ to: [labelled('db')] }],
    });
    expect(codes(checking([...shop, rules], [isolated({ except: [app('db')] })], profile))).toEqual([]);
    expect(codes(checking([...shop, rules], [isolated()], profile))).toEqual(['PTL113', 'PTL114']);
  });

  test('its own pods may talk', () => {
    const among = policy('api-own', {
      ...labelled('api'),
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [labelled('api')] }],
      egress: [{ to: [labelled('api')] }],
    });
    expect(codes(checking([...shop, among], [isolated()], profile))).toEqual([]);
  });
});

describe('expect(x).toPassThrough(hop, { onTheWayTo })', () => {
  const through = promise({
    verb: 'toPassThrough',
    subject: { kind: 'namespace', name: 'shop' },
    hop: app('api'),
    onTheWayTo: internet,
  });
  const deny = policy('deny', { podSelector: {}, policyTypes: ['Egress'] });
  const toGateway = policy('to-api', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [labelled('api')] }] });
  const out = egress({ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] });

  test('holds where every direct way is shut and the one through the hop is open', () => {
    expect(codes(checking([...shop, deny, toGateway, out], [through], profile))).toEqual([]);
  });

  test('breaks by a direct way', () => {
    const past = policy('past', {
      ...labelled('db'),
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '198.51.100.0/24' } }] }],
    });
    expect(codes(checking([...shop, deny, toGateway, out, past], [through], profile))).toEqual(['PTL701']);
  });

  test.each<[string, object[], string]>([
    ['to the hop', [out], 'to'],
    ['from the hop on', [toGateway], 'from'],
  ])('breaks where nothing gets %s', (_, policies, leg) => {
    const { findings } = checking([...shop, deny, ...policies], [through], profile);
    expect(findings).toMatchObject([{ code: 'PTL702', cause: { leg } }]);
  });

  test('is about nothing where the subject is the hop alone', () => {
    const alone = promise({ verb: 'toPassThrough', subject: app('api'), hop: app('api'), onTheWayTo: internet });
    expect(codes(checking([...shop, out], [alone], profile))).toEqual(['PTL901']);
  });
});

describe('what an exclusive promise must not overlook', () => {
  test('NP-20, SVC-12: a rule around an address of the Service range, whose Service nobody declares', () => {
    const rule = { to: [{ ipBlock: { cidr: '10.96.0.1/32' } }], ports: [{ port: 443 }] };
    expect(judged([toDb, rule])).toEqual(['PTL904']);
    const listed = { kind: 'addresses' as const, cidrs: ['10.96.0.1/32'] };
    expect(judged([toDb, rule], only(app('db'), listed))).toEqual([]);
  });

  test('NP-22: a named port of pods that nobody declares tells no number to spare', () => {
    const elsewhere = { kind: 'pods' as const, labels: { app: 'db' }, namespace: 'data' };
    const rule = {
      to: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'data' } },
          podSelector: { matchLabels: { app: 'db' } },
        },
      ],
    };
    expect(judged([rule], only(portOf(elsewhere, 'sql')))).toEqual(['PTL114']);
    expect(judged([{ ...rule, ports: [{ port: 5432 }] }], only(portOf(elsewhere, 5432)))).toEqual([]);
  });

  test('SVC-08: an address behind a Service is a way past the gateway', () => {
    const archive = service('archive', { selector: undefined, ports: [{ port: 443 }] });
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'archive-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'archive' } },
      addressType: 'IPv4',
      ports: [{ port: 443 }],
      endpoints: [{ addresses: ['192.0.2.10'] }],
    };
    const through = promise({
      verb: 'toPassThrough',
      subject: app('db'),
      hop: app('api'),
      onTheWayTo: { kind: 'object', object: 'Service', namespace: 'shop', name: 'archive' },
    });
    expect(codes(checking([...shop, archive, slice], [through], profile))).toEqual(['PTL701']);
  });

  test('NP-40: an Ingress may lead somebody outside to what is promised to be out of their reach', () => {
    const behind = service('db', { selector: { app: 'db' }, ports: [{ port: 5432 }] });
    const ingress = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'edge', namespace: 'shop' },
      spec: { defaultBackend: { service: { name: 'db', port: { number: 5432 } } } },
    };
    const closed = policy('db-in', {
      ...labelled('db'),
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { edge: 'yes' } } }] }],
    });
    const never = promise({ verb: 'toReach', negated: true, subject: internet, targets: [app('db')] });
    expect(codes(checking([...shop, behind, closed], [never], profile))).toEqual([]);
    expect(codes(checking([...shop, behind, closed, ingress], [never], profile))).toEqual(['PTL904']);
  });

  test('a list of targets that is empty', () => {
    for (const negated of [false, true]) {
      const none = promise({ verb: 'toReach', negated, subject: app('api'), targets: [] });
      expect(codes(checking(shop, [none], profile))).toEqual(['PTL901']);
    }
  });

  test('SVC-02: a listed Service means whoever carries its labels', () => {
    const behind = service('db', { selector: { app: 'db' }, ports: [{ port: 5432 }] });
    const listed = { kind: 'object' as const, object: 'Service', namespace: 'shop', name: 'db' };
    expect(judged([toDb], only(listed), [behind])).toEqual([]);
  });
});
