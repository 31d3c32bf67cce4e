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
  ['a rule that denies it', [denies], ['denied', 'unknown', 'unknown']],
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
