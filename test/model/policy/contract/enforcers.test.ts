import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import { Network } from '../../../../lib/model/network';
import { baselineAdminNetworkPolicy, clusterNetworkPolicy, ns, pod, policy } from '../../../support/manifests';
import { isSkip, type Skip, skipped } from './skips';

/** One contract for every network plugin that has an enforcer: what it makes of the Kubernetes APIs. */
const base = [
  ns('x'),
  pod('x/a', { ip: '10.0.1.1', nodeName: 'n1', ports: [{ name: 'web', containerPort: 80 }] }),
  pod('x/b', { ip: '10.0.1.2', nodeName: 'n2' }),
  pod('x/c', { ip: '10.0.1.3', nodeName: 'n2' }),
  pod('x/host', { ip: '192.168.0.1', nodeName: 'n1', hostNetwork: true }),
];
const from = (app: string) => [{ podSelector: { matchLabels: { app } } }];
const pods = (app: string) => [{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { app } } } }];
const onA = { subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: 'a' } } } } };
const admitsB = policy('admits-b', { podSelector: { matchLabels: { app: 'a' } }, ingress: [{ from: from('b') }] }, 'x');
const cluster = (name: string, action: string, app: string, more: object = {}) =>
  clusterNetworkPolicy(name, { ...onA, ...more, ingress: [{ action, from: pods(app) }] });
const admitsPort = (port: object) => [
  policy('p', { podSelector: {}, ingress: [{ from: from('b'), ports: [port] }] }, 'x'),
];
const admitsBlock = [
  policy('p', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.1.2/32' } }] }] }, 'x'),
];

/** What is asked of each plugin: policies, a flow, and what NetworkPolicy and its companions say must come of it. */
const QUESTIONS = {
  'NP-03: a NetworkPolicy isolates whom it selects': [[admitsB], 'x/c>x/a 80', 'denied'],
  'NP-04: and admits whom its rules name': [[admitsB], 'x/b>x/a 80', 'allowed'],
  'NP-17: an ipBlock selects pods by their address': [admitsBlock, 'x/b>x/a 80', 'allowed'],
  'NP-21: a port by its name': [admitsPort({ port: 'web' }), 'x/b>x/a 80', 'allowed'],
  'NP-25: the last port of a range': [admitsPort({ port: 80, endPort: 90 }), 'x/b>x/a 90', 'allowed'],
  'NP-30: the own node is let in': [[admitsB], 'x/host>x/a 80', 'allowed'],
  'NP-31: a pod reaches itself': [[admitsB], 'x/a>x/a 80', 'allowed'],
  'NP-43: Admin denies before NetworkPolicy admits': [[admitsB, cluster('p', 'Deny', 'b')], 'x/b>x/a 80', 'denied'],
  'NP-43: Admin accepts before NetworkPolicy isolates': [
    [admitsB, cluster('p', 'Accept', 'c')],
    'x/c>x/a 80',
    'allowed',
  ],
  'NP-43: Admin passes to NetworkPolicy': [
    [admitsB, cluster('p', 'Pass', 'c', { priority: 1 }), cluster('q', 'Accept', 'c')],
    'x/c>x/a 80',
    'denied',
  ],
  'NP-43: NetworkPolicy hides Baseline': [
    [admitsB, cluster('p', 'Deny', 'b', { tier: 'Baseline' })],
    'x/b>x/a 80',
    'allowed',
  ],
  'NP-43: Baseline decides where no NetworkPolicy does': [
    [cluster('p', 'Deny', 'b', { tier: 'Baseline' })],
    'x/b>x/a 80',
    'denied',
  ],
  'NP-43: equal priorities that disagree': [
    [cluster('p', 'Accept', 'b'), cluster('q', 'Deny', 'b')],
    'x/b>x/a 80',
    'unknown',
  ],
  'NP-43: BaselineAdminNetworkPolicy is the last word': [
    [baselineAdminNetworkPolicy({ ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }] })],
    'x/b>x/a 80',
    'denied',
  ],
} as const satisfies Record<string, readonly [readonly object[], string, string]>;

type Question = keyof typeof QUESTIONS;

interface EnforcerUnderTest {
  readonly name: string;
  readonly cni: ClusterProfileSpec['cni'];
  /** What the plugin makes of a question where that is not what the API says, or why it is not asked. */
  readonly differs?: Partial<Record<Question, { readonly outcome: string; readonly because: string } | Skip>>;
}

const option = { outcome: 'unknown', because: 'whether it reads them is an option' };
const ofClusterPolicies = (answer: { outcome: string; because: string } | Skip) =>
  Object.fromEntries(
    Object.keys(QUESTIONS)
      .filter((q) => q.startsWith('NP-43'))
      .map((q) => [q, answer]),
  );
const notRead = { skip: 'it reads NetworkPolicy alone' };

const ENFORCERS: readonly EnforcerUnderTest[] = [
  {
    name: 'conformant',
    cni: 'conformant',
    differs: {
      'NP-30: the own node is let in': { outcome: 'unknown', because: 'NP-28: hostNetwork pods may count as pods' },
    },
  },
  {
    name: 'calico',
    cni: 'calico',
    differs: {
      'NP-43: equal priorities that disagree': { outcome: 'allowed', because: 'it orders them by name' },
      'NP-43: BaselineAdminNetworkPolicy is the last word': { outcome: 'unknown', because: 'older versions read it' },
    },
  },
  {
    name: 'cilium',
    cni: 'cilium',
    differs: {
      'NP-17: an ipBlock selects pods by their address': { outcome: 'denied', because: 'blocks never mean pods' },
      ...ofClusterPolicies(option),
      'NP-43: NetworkPolicy hides Baseline': { outcome: 'allowed', because: 'whether or not it reads the other' },
      'NP-43: Admin passes to NetworkPolicy': option,
      'NP-43: BaselineAdminNetworkPolicy is the last word': { outcome: 'allowed', because: 'it never read them' },
    },
  },
  {
    name: 'cilium by its options',
    cni: { name: 'cilium', policyCidrMatchMode: ['nodes', 'pods'], clusterNetworkPolicy: true },
    differs: {
      'NP-43: BaselineAdminNetworkPolicy is the last word': { outcome: 'allowed', because: 'it never read them' },
    },
  },
  {
    name: 'cilium that enforces nothing',
    cni: { name: 'cilium', policyEnforcementMode: 'never', clusterNetworkPolicy: true },
    differs: Object.fromEntries(
      Object.keys(QUESTIONS).map((q) => [q, { outcome: 'allowed', because: 'NP-37: it does not enforce policies' }]),
    ),
  },
  {
    name: 'weave',
    cni: 'weave',
    differs: {
      'NP-21: a port by its name': { outcome: 'allowed', because: 'a named port voids the whole policy' },
      'NP-25: the last port of a range': { outcome: 'denied', because: 'it knows the first port only' },
      ...ofClusterPolicies(notRead),
    },
  },
  {
    name: 'kindnet',
    cni: 'kindnet',
    differs: {
      ...ofClusterPolicies(option),
      'NP-43: NetworkPolicy hides Baseline': { outcome: 'allowed', because: 'whether or not it reads the other' },
    },
  },
  {
    name: 'flannel with its policy controller',
    cni: { name: 'flannel', netpol: true },
    differs: {
      ...ofClusterPolicies(option),
      'NP-43: NetworkPolicy hides Baseline': { outcome: 'allowed', because: 'whether or not it reads the other' },
    },
  },
  {
    name: 'Canal, which is flannel with the policies of calico',
    cni: { name: 'flannel', canal: true },
    differs: {
      'NP-43: equal priorities that disagree': { outcome: 'allowed', because: 'it orders them by name' },
      'NP-43: BaselineAdminNetworkPolicy is the last word': { outcome: 'unknown', because: 'older versions read it' },
    },
  },
  {
    name: 'kindnet without policies, as kind had it before 0.24',
    cni: { name: 'kindnet', networkPolicy: false },
    differs: Object.fromEntries(
      Object.keys(QUESTIONS).map((q) => [q, { outcome: 'allowed', because: 'NP-37: nobody reads policies' }]),
    ),
  },
  {
    name: 'weave without its policy controller',
    cni: { name: 'weave', policyController: false },
    differs: Object.fromEntries(
      Object.keys(QUESTIONS).map((q) => [q, { outcome: 'allowed', because: 'NP-37: nobody reads policies' }]),
    ),
  },
  {
    name: 'flannel',
    cni: 'flannel',
    differs: Object.fromEntries(
      Object.keys(QUESTIONS).map((q) => [q, { outcome: 'allowed', because: 'NP-37: nobody reads policies' }]),
    ),
  },
];

describe.each(ENFORCERS)('$name', ({ name, cni, differs = {} }) => {
  for (const [question, [policies, flow, said]] of Object.entries(QUESTIONS)) {
    const own = differs[question as Question];
    if (isSkip(own)) {
      skipped(name, question, own);
      continue;
    }
    const outcome = own?.outcome ?? said;
    test(`${question}: ${outcome}${own ? ` (${own.because})` : ''}`, () => {
      expect(ask([...base, ...policies], flow)).toBe(outcome);
      // The order in which objects come means nothing.
      expect(ask([...policies, ...base].reverse(), flow)).toBe(outcome);
    });
  }

  function ask(manifests: readonly object[], flow: string): string {
    const [ends, port] = flow.split(' ');
    const [source, target] = ends.split('>');
    return Network.from(manifests, { cni }).reach({ from: source, to: target, port: Number(port) }).outcome;
  }
});
