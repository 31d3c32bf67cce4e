import { resolveProfile } from '../../../lib/model/cluster/resolve-profile';
import { parseManifests } from '../../../lib/model/manifest/parse';
import { Network } from '../../../lib/model/network';
import { adminNetworkPolicy, ns, pod, policy } from '../../support/manifests';

const base = [
  ns('x'),
  pod('x/a', { ip: '10.0.1.1', ports: [{ name: 'sig', containerPort: 3868, protocol: 'SCTP' }] }),
  pod('x/b', { ip: '10.0.1.2' }),
];
const onA = { podSelector: { matchLabels: { app: 'a' } } };
const admits = (...ports: readonly object[]) => policy('p', { ...onA, ingress: [{ ports }] }, 'x');
const denies = adminNetworkPolicy('p', {
  subject: { namespaces: {} },
  ingress: [{ action: 'Deny', from: [{ namespaces: {} }], ports: [{ portNumber: { protocol: 'SCTP', port: 3868 } }] }],
});
const sctp = { port: 3868, protocol: 'SCTP' };

/** A cluster whose network plugin carries out rules about SCTP, or not. */
function reach(manifests: readonly object[], carriesOut: boolean | 'unknown', protocol: 'SCTP' | 'TCP') {
  const { resources } = parseManifests([...base, ...manifests].map((object) => ({ object, origin: {} })));
  const { profile } = resolveProfile({ object: {}, origin: {} });
  const capabilities = { ...profile.capabilities, sctp: carriesOut };
  const network = Network.of(resources, { ...profile, capabilities });
  return network.reach({ from: 'x/b', to: 'x/a', port: 3868, protocol });
}

test.each([
  ['a rule with the port', [admits(sctp)], ['allowed', 'unknown', 'denied']],
  ['a rule with its name', [admits({ port: 'sig', protocol: 'SCTP' })], ['allowed', 'unknown', 'denied']],
  ['a rule with every port of SCTP', [admits({ protocol: 'SCTP' })], ['allowed', 'unknown', 'denied']],
  ['a rule for TCP', [admits({ port: 3868 })], ['denied', 'denied', 'denied']],
  ['a rule that denies it', [denies], ['denied', 'unknown', 'denied']],
  ['no policy at all', [], ['allowed', 'allowed', 'denied']],
  ['a rule without ports', [policy('p', { ...onA, ingress: [{}] }, 'x')], ['allowed', 'allowed', 'denied']],
] as const)('NP-09: where SCTP is carried out, may be or is not: %s', (_, manifests, [does, may, doesNot]) => {
  expect(reach(manifests, true, 'SCTP').outcome).toBe(does);
  expect(reach(manifests, 'unknown', 'SCTP').outcome).toBe(may);
  expect(reach(manifests, false, 'SCTP').outcome).toBe(doesNot);
});

test('NP-09: the other ports of such a rule are open, and what is unknown says why', () => {
  const both = [admits(sctp, { port: 3868 })];
  expect(reach(both, false, 'TCP').outcome).toBe('allowed');
  expect(reach(both, 'unknown', 'TCP').outcome).toBe('allowed');
  expect(reach(both, 'unknown', 'SCTP').pairs[0].doubts).toMatchObject([{ rule: 'NP-09' }]);
});

describe('NP-09: Cilium without its option for SCTP', () => {
  const cluster = [
    ns('x'),
    pod('x/a', { ip: '10.0.1.1', nodeName: 'n' }),
    pod('x/b', { ip: '10.0.1.2', nodeName: 'n' }),
    pod('x/host', { ip: '192.168.0.1', nodeName: 'n', hostNetwork: true }),
    pod('x/other', { ip: '192.168.0.2', nodeName: 'm', hostNetwork: true }),
  ];
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'sig', namespace: 'x' },
    spec: {
      clusterIP: '10.96.0.7',
      selector: { app: 'a' },
      ports: [
        { name: 'sig', ...sctp },
        { name: 'web', port: 80 },
      ],
    },
  };
  const network = (options: object, ...manifests: readonly object[]) =>
    Network.from([...cluster, ...manifests], { cni: { name: 'cilium', ...options } as never });
  const ask = (asked: Network, from: string, to: string, protocol: 'SCTP' | 'TCP' = 'SCTP') =>
    asked.reach({ from, to, port: 3868, protocol }).outcome;

  test.each([
    ['between pods', 'x/b', 'x/a', 'denied'],
    ['from outside', '203.0.113.7', 'x/a', 'denied'],
    ['to the outside', 'x/a', '203.0.113.7', 'denied'],
    ['from the own node, which policies let in (NP-30)', 'x/host', 'x/a', 'denied'],
    ['to the own node', 'x/a', 'x/host', 'denied'],
    ['to itself, which does not leave the pod (NP-31)', 'x/a', 'x/a', 'allowed'],
    ['between nodes', 'x/host', 'x/other', 'allowed'],
  ])('%s', (_, from, to, outcome) => {
    expect(ask(network({}), from, to)).toBe(outcome);
    expect(ask(network({ sctp: true }), from, to)).toBe('allowed');
    expect(ask(network({}), from, to, 'TCP')).toBe('allowed');
  });

  test('with policies that nobody enforces, too', () => {
    expect(ask(network({ policyEnforcementMode: 'never' }), 'x/b', 'x/a')).toBe('denied');
  });

  test('to a Service, as the map of Services and the short way say', () => {
    const [without, withIt] = [{}, { sctp: true }].map((options) =>
      Network.from([ns('x'), pod('x/a'), pod('x/b'), service], { cni: { name: 'cilium', ...options } }),
    );
    const ports = (asked: Network) =>
      [...asked.serviceMap('service').connections]
        .filter(({ src }) => src === 'x/b[Pod]')
        .map(({ traffic }) => `${traffic}`);
    expect(ports(without)).toEqual(['TCP 80']);
    expect(ports(withIt)).toEqual(['SCTP 3868,TCP 80']);
    const uses = (asked: Network) => {
      const [from] = asked.cluster.pods.filter(({ podName }) => podName === 'b');
      const [own] = asked.cluster.services;
      return own.ports.map((port) => asked.surelyUses(from, own, port, 'service'));
    };
    expect(uses(without)).toEqual([false, true]);
    expect(uses(withIt)).toEqual([true, true]);
  });

  test('lists it in no map, and protects nobody by it', () => {
    const allowing = policy('p', { ...onA, ingress: [{ ports: [sctp, { port: 80 }] }] }, 'x');
    expect([...network({}, allowing).map().connections].map(({ dst, traffic }) => `${dst} ${traffic}`)).toContain(
      'x/a[Pod] TCP 80',
    );
    const lines = [...network({}).map().connections].map(({ src, dst, traffic }) => `${src} => ${dst} : ${traffic}`);
    expect(lines).toContain('x/b[Pod] => x/a[Pod] : TCP 1-65535,UDP 1-65535');
    expect(lines).toContain('x/host[Pod] => x/a[Pod] : TCP 1-65535,UDP 1-65535');
    expect(lines).toContain('x/host[Pod] => x/other[Pod] : All Connections');
    expect(
      network({})
        .exposure()
        .every(({ ingress }) => ingress.isUnprotected),
    ).toBe(true);
  });
});
