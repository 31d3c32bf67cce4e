import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import { Network } from '../../../../lib/model/network';
import { baselineAdminNetworkPolicy, clusterNetworkPolicy, ns, pod, policy } from '../../../support/manifests';

/** One contract for every network plugin that has an enforcer: what it makes of the Kubernetes APIs. */
const base = [
  ns('x'),
  pod('x/a', { ip: '10.0.1.1', nodeName: 'n1', ports: [{ name: 'web', containerPort: 80 }] }),
  pod('x/b', { ip: '10.0.1.2', nodeName: 'n2' }),
  pod('x/c', { ip: '10.0.1.3', nodeName: 'n2' }),
  ...['n1', 'n2'].map((name, i) => node(name, `192.168.0.${i + 1}`)),
  pod('x/host', { ip: '192.168.0.1', nodeName: 'n1', hostNetwork: true }),
];
function node(name: string, address: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: { addresses: [{ type: 'InternalIP', address }] },
  };
}
const from = (app: string) => [{ podSelector: { matchLabels: { app } } }];
const pods = (app: string) => [{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { app } } } }];
const onA = { subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: 'a' } } } } };
const admitsB = policy('admits-b', { podSelector: { matchLabels: { app: 'a' } }, ingress: [{ from: from('b') }] }, 'x');
const cluster = (name: string, action: string, app: string, more: object = {}) =>
  clusterNetworkPolicy(name, { ...onA, ...more, ingress: [{ action, from: pods(app) }] });
const admitsPort = (port: object) => [
  policy('p', { podSelector: {}, ingress: [{ from: from('b'), ports: [port] }] }, 'x'),
];
const admits = (cidr: string) => [policy('p', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr } }] }] }, 'x')];
const sendsToB = policy(
  'sends-to-b',
  { podSelector: { matchLabels: { app: 'a' } }, policyTypes: ['Egress'], egress: [{ to: from('b') }] },
  'x',
);
const shutsHost = policy('shuts-host', { podSelector: { matchLabels: { app: 'host' } }, ingress: [] }, 'x');
const sctp = admitsPort({ port: 3868, protocol: 'SCTP' });
const admitsBlock = [
  policy('p', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.1.2/32' } }] }] }, 'x'),
];

/** What is asked of each plugin: policies, a flow, and what NetworkPolicy and its companions say must come of it. */
const QUESTIONS = {
  'NP-03: a NetworkPolicy isolates whom it selects': [[admitsB], 'x/c>x/a 80', 'denied'],
  'NP-04: and admits whom its rules name': [[admitsB], 'x/b>x/a 80', 'allowed'],
  'NP-05: a pod sends where its own policy lets it': [[sendsToB], 'x/a>x/b 80', 'allowed'],
  'NP-05: and nowhere else': [[sendsToB], 'x/a>x/c 80', 'denied'],
  'NP-09: a rule about SCTP': [sctp, 'x/b>x/a 3868 SCTP', 'allowed'],
  'NP-09: is no rule about TCP': [sctp, 'x/b>x/a 3868', 'denied'],
  'NP-17: an ipBlock lets addresses outside in': [admits('203.0.113.0/24'), '203.0.113.7>x/a 80', 'allowed'],
  'NP-17: and no others': [admits('203.0.113.0/24'), '198.51.100.7>x/a 80', 'denied'],
  'NP-28: a pod on the network of its node is selected by none': [[shutsHost], 'x/b>x/host 80', 'allowed'],
  'NP-29: an ipBlock lets another node in': [admits('192.168.0.2/32'), 'node/n2>x/a 80', 'allowed'],
  'NP-29: which is kept out without one': [[admitsB], 'node/n2>x/a 80', 'denied'],
  'NP-17: an ipBlock selects pods by their address': [admitsBlock, 'x/b>x/a 80', 'allowed'],
  'NP-21: a port by its name': [admitsPort({ port: 'web' }), 'x/b>x/a 80', 'allowed'],
  'NP-21: which isolates as any other': [admitsPort({ port: 'web' }), 'x/c>x/a 80', 'denied'],
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

interface Answer {
  readonly outcome: string;
  readonly because: string;
}

interface EnforcerUnderTest {
  readonly name: string;
  readonly cni: ClusterProfileSpec['cni'];
  /** What the plugin makes of a question where that is not what the API says, or why it happens to be the same. */
  readonly differs?: Partial<Record<Question, Answer>>;
}

const option = { outcome: 'unknown', because: 'whether it reads them is an option' };
const ofClusterPolicies = (answer: Answer) =>
  Object.fromEntries(
    Object.keys(QUESTIONS)
      .filter((q) => q.startsWith('NP-43'))
      .map((q) => [q, answer]),
  );
const notRead = (outcome: string) => ({ outcome, because: 'it reads NetworkPolicy alone' });
const throughTunnel = { outcome: 'unknown', because: 'a node may come by the address of its end of the tunnel' };
const hidden = {
  outcome: 'unknown',
  because: 'where it enters a node may put its own address in place of the client’s',
};
const noSctp = { outcome: 'denied', because: 'SCTP is an option of it, which is off' };

const ENFORCERS: readonly EnforcerUnderTest[] = [
  {
    name: 'conformant',
    cni: 'conformant',
    differs: {
      'NP-28: a pod on the network of its node is selected by none': {
        outcome: 'unknown',
        because: 'hostNetwork pods may count as pods',
      },
      'NP-30: the own node is let in': { outcome: 'unknown', because: 'NP-28: hostNetwork pods may count as pods' },
    },
  },
  {
    name: 'calico',
    cni: 'calico',
    differs: {
      'NP-29: an ipBlock lets another node in': throughTunnel,
      'NP-43: equal priorities that disagree': { outcome: 'allowed', because: 'it orders them by name' },
      'NP-43: BaselineAdminNetworkPolicy is the last word': { outcome: 'unknown', because: 'older versions read it' },
    },
  },
  {
    name: 'cilium',
    cni: 'cilium',
    differs: {
      'NP-09: a rule about SCTP': noSctp,
      'NP-17: an ipBlock selects pods by their address': { outcome: 'denied', because: 'blocks never mean pods' },
      'NP-29: an ipBlock lets another node in': { outcome: 'unknown', because: 'by what it takes the node for' },
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
      'NP-09: a rule about SCTP': noSctp,
      'NP-29: an ipBlock lets another node in': throughTunnel,
      'NP-43: BaselineAdminNetworkPolicy is the last word': { outcome: 'allowed', because: 'it never read them' },
    },
  },
  {
    name: 'cilium that enforces nothing',
    cni: { name: 'cilium', policyEnforcementMode: 'never', clusterNetworkPolicy: true },
    differs: Object.fromEntries(
      Object.keys(QUESTIONS).map((q) => [
        q,
        q === 'NP-09: a rule about SCTP'
          ? noSctp
          : { outcome: 'allowed', because: 'NP-37: it does not enforce policies' },
      ]),
    ),
  },
  {
    name: 'weave',
    cni: 'weave',
    differs: {
      'NP-09: a rule about SCTP': { outcome: 'unknown', because: 'nobody says that it was tried' },
      'NP-17: an ipBlock lets addresses outside in': hidden,
      'NP-17: and no others': hidden,
      'NP-29: an ipBlock lets another node in': throughTunnel,
      'NP-21: which isolates as any other': { outcome: 'allowed', because: 'a named port voids the whole policy' },
      'NP-25: the last port of a range': { outcome: 'denied', because: 'it knows the first port only' },
      ...ofClusterPolicies(notRead('allowed')),
      'NP-43: Admin accepts before NetworkPolicy isolates': notRead('denied'),
      'NP-43: Admin passes to NetworkPolicy': notRead('denied'),
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
      'NP-29: an ipBlock lets another node in': throughTunnel,
      ...ofClusterPolicies(option),
      'NP-43: NetworkPolicy hides Baseline': { outcome: 'allowed', because: 'whether or not it reads the other' },
    },
  },
  {
    name: 'Canal, which is flannel with the policies of calico',
    cni: { name: 'flannel', canal: true },
    differs: {
      'NP-29: an ipBlock lets another node in': throughTunnel,
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
    const outcome = own?.outcome ?? said;
    if (own && outcome !== said) {
      afterAll(() => {
        process.stdout.write(`${name} differs: ${question}: ${outcome}, not ${said}: ${own.because}\n`);
      });
    }
    test(`${question}: ${outcome}${own ? ` (${own.because})` : ''}`, () => {
      expect(ask([...base, ...policies], flow)).toBe(outcome);
      // The order in which objects come means nothing.
      expect(ask([...policies, ...base].reverse(), flow)).toBe(outcome);
    });
  }

  function ask(manifests: readonly object[], flow: string): string {
    const [ends, port, protocol = 'TCP'] = flow.split(' ');
    const [source, target] = ends.split('>');
    const network = Network.from(manifests, { cni });
    return network.reach({ from: source, to: target, port: Number(port), protocol: protocol as 'TCP' }).outcome;
  }
});
