import { Network } from '../../../lib/model/network';
import { adminNetworkPolicy, clusterNetworkPolicy, ns, pod, policy } from '../../support/manifests';

/** x/a, x/b and y/a at known addresses, x/host on the network of node n1; 9.9.9.9 is outside. Everything is NP-43. */
const ports = [{ name: 'web', containerPort: 80 }];
const node = (name: string, ip: string, labels: object) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels },
  status: { addresses: [{ type: 'InternalIP', address: ip }] },
});
const base = [
  ns('x', { team: 'red' }),
  ns('y', { team: 'blue' }),
  pod('x/a', { ip: '10.0.1.1', ports, nodeName: 'n2' }),
  pod('x/b', { ip: '10.0.1.2', ports, nodeName: 'n2' }),
  pod('y/a', { ip: '10.0.2.1', ports, nodeName: 'n2' }),
  pod('x/host', { ip: '192.168.0.1', ports, nodeName: 'n1', hostNetwork: true }),
  node('n1', '192.168.0.1', { role: 'gateway' }),
  node('n2', '192.168.0.2', {}),
];
const cnp = (name: string, spec: object) => clusterNetworkPolicy(name, spec);
const inX = { subject: { namespaces: { matchLabels: { team: 'red' } } } };
const anyPod = [{ namespaces: {} }];
const everywhere = [{ networks: ['0.0.0.0/0'] }];
const denyAllOut = { action: 'Deny', to: everywhere };
const npAll = policy('np', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'x');

const rows: [what: string, policies: readonly object[], flow: string, outcome: string][] = [
  [
    'rules of one policy are read top-down',
    [
      cnp('p', {
        ...inX,
        egress: [
          { action: 'Accept', to: anyPod },
          { action: 'Deny', to: anyPod },
        ],
      }),
    ],
    'x/a>y/a',
    'allowed',
  ],
  [
    'the lower priority number comes first',
    [
      cnp('p', { ...inX, priority: 2, egress: [{ action: 'Accept', to: anyPod }] }),
      cnp('q', { ...inX, priority: 1, egress: [{ action: 'Deny', to: anyPod }] }),
    ],
    'x/a>y/a',
    'denied',
  ],
  [
    'a policy without rules in a direction does not affect it',
    [cnp('p', { ...inX, ingress: [{ action: 'Deny', from: anyPod }] })],
    'x/a>y/a',
    'allowed',
  ],
  [
    'there is no implicit isolation',
    [cnp('p', { ...inX, egress: [{ action: 'Accept', to: [{ namespaces: { matchLabels: { team: 'red' } } }] }] })],
    'x/a>y/a',
    'allowed',
  ],
  [
    'what an egress rule accepts the ingress of the other end may still deny',
    [
      cnp('p', { ...inX, egress: [{ action: 'Accept', to: anyPod }] }),
      cnp('q', {
        priority: 20,
        subject: { namespaces: { matchLabels: { team: 'blue' } } },
        ingress: [{ action: 'Deny', from: anyPod }],
      }),
    ],
    'x/a>y/a',
    'denied',
  ],
  [
    'a pass skips all further rules of its tier, of other policies too',
    [
      cnp('p', { ...inX, priority: 1, egress: [{ action: 'Pass', to: anyPod }] }),
      cnp('q', { ...inX, priority: 2, egress: [{ action: 'Deny', to: anyPod }] }),
    ],
    'x/a>y/a',
    'allowed',
  ],
  [
    'what is passed to a NetworkPolicy is final there',
    [
      npAll,
      cnp('p', { ...inX, egress: [{ action: 'Pass', to: anyPod }] }),
      cnp('q', { ...inX, tier: 'Baseline', egress: [{ action: 'Accept', to: anyPod }] }),
    ],
    'x/a>y/a',
    'denied',
  ],
  [
    'what is passed and meets no NetworkPolicy comes to Baseline',
    [
      cnp('p', { ...inX, egress: [{ action: 'Pass', to: anyPod }] }),
      cnp('q', { ...inX, tier: 'Baseline', egress: [{ action: 'Deny', to: anyPod }] }),
    ],
    'x/a>y/a',
    'denied',
  ],
  [
    'what Baseline passes is allowed',
    [
      cnp('p', {
        ...inX,
        tier: 'Baseline',
        egress: [
          { action: 'Pass', to: anyPod },
          { action: 'Deny', to: anyPod },
        ],
      }),
    ],
    'x/a>y/a',
    'allowed',
  ],
  [
    'equal priorities that agree are no doubt',
    [
      cnp('p', { ...inX, egress: [{ action: 'Deny', to: anyPod }] }),
      cnp('q', { ...inX, egress: [{ action: 'Deny', to: anyPod }] }),
    ],
    'x/a>y/a',
    'denied',
  ],
  [
    'equal priorities of which one only matches are no doubt',
    [
      cnp('p', { ...inX, egress: [{ action: 'Deny', to: anyPod }] }),
      cnp('q', { ...inX, egress: [{ action: 'Accept', to: [{ namespaces: { matchLabels: { team: 'red' } } }] }] }),
    ],
    'x/a>y/a',
    'denied',
  ],
  ['networks match the addresses of pods too', [cnp('p', { ...inX, egress: [denyAllOut] })], 'x/a>y/a', 'denied'],
  ['networks match addresses outside', [cnp('p', { ...inX, egress: [denyAllOut] })], 'x/a>9.9.9.9', 'denied'],
  [
    'networks match ICMP as anything else: all traffic without protocols',
    [cnp('p', { ...inX, egress: [{ ...denyAllOut, protocols: [{ tcp: {} }] }] })],
    'x/a>9.9.9.9 80 UDP',
    'allowed',
  ],
  ['a hostNetwork pod is no subject', [cnp('p', { ...inX, egress: [denyAllOut] })], 'x/host>9.9.9.9', 'allowed'],
  [
    'a hostNetwork pod is no pod as a peer',
    [cnp('p', { ...inX, egress: [{ action: 'Deny', to: anyPod }] })],
    'x/a>x/host',
    'allowed',
  ],
  [
    'nodes match hostNetwork pods by their node',
    [cnp('p', { ...inX, egress: [{ action: 'Deny', to: [{ nodes: { matchLabels: { role: 'gateway' } } }] }] })],
    'x/a>x/host',
    'denied',
  ],
  [
    'nodes match nodes by their labels',
    [cnp('p', { ...inX, egress: [{ action: 'Deny', to: [{ nodes: { matchLabels: { role: 'gateway' } } }] }] })],
    'x/a>node/n1',
    'denied',
  ],
  [
    'and no others',
    [cnp('p', { ...inX, egress: [{ action: 'Deny', to: [{ nodes: { matchLabels: { role: 'gateway' } } }] }] })],
    'y/a>node/n1',
    'allowed',
  ],
  [
    'a node that nobody declares may carry the labels',
    [cnp('p', { ...inX, egress: [{ action: 'Deny', to: [{ nodes: { matchLabels: { role: 'gateway' } } }] }] })],
    'x/a>9.9.9.9',
    'allowed',
  ],
  [
    'a domain name may stand for any address',
    [cnp('p', { ...inX, egress: [{ action: 'Accept', to: [{ domainNames: ['*.example.com'] }] }, denyAllOut] })],
    'x/a>9.9.9.9',
    'unknown',
  ],
  [
    'even for that of a pod, where blocks select pods',
    [cnp('p', { ...inX, egress: [{ action: 'Accept', to: [{ domainNames: ['*.example.com'] }] }, denyAllOut] })],
    'x/a>y/a',
    'unknown',
  ],
  [
    'an accept with an unknown peer matches nothing',
    [cnp('p', { ...inX, egress: [{ action: 'Accept', to: [{ serviceAccountz9: {} }, anyPod[0]] }, denyAllOut] })],
    'x/a>y/a',
    'denied',
  ],
  [
    'a deny with an unknown peer denies all',
    [cnp('p', { ...inX, egress: [{ action: 'Deny', to: [{ serviceAccountz9: {} }] }] })],
    'x/a>9.9.9.9',
    'denied',
  ],
  [
    'and so does a pass',
    [cnp('p', { ...inX, egress: [{ action: 'Pass', to: [{ serviceAccountz9: {} }] }] })],
    'x/a>y/a',
    'denied',
  ],
  [
    'an unknown protocol fails closed too',
    [cnp('p', { ...inX, egress: [{ action: 'Accept', to: anyPod, protocols: [{ quicv9: {} }] }, denyAllOut] })],
    'x/a>y/a',
    'denied',
  ],
  [
    'nobody says whether the newer or the older kind comes first',
    [
      cnp('p', { ...inX, priority: 0, egress: [{ action: 'Deny', to: anyPod }] }),
      adminNetworkPolicy('q', { ...inX, priority: 999, egress: [{ action: 'Allow', to: anyPod }] }),
    ],
    'x/a>y/a',
    'unknown',
  ],
  [
    'which matters only where they disagree',
    [
      cnp('p', { ...inX, priority: 0, egress: [{ action: 'Deny', to: anyPod }] }),
      cnp('r', { ...inX, priority: 1, egress: [{ action: 'Accept', to: anyPod }] }),
      adminNetworkPolicy('q', { ...inX, priority: 999, egress: [{ action: 'Deny', to: anyPod }] }),
    ],
    'x/a>y/a',
    'denied',
  ],
  ['a pod always reaches its own address', [cnp('p', { ...inX, egress: [denyAllOut] })], 'x/a>x/a', 'allowed'],
  [
    'a named port is that of the destination',
    [
      cnp('p', {
        ...inX,
        egress: [{ action: 'Accept', to: anyPod, protocols: [{ destinationNamedPort: 'web' }] }, denyAllOut],
      }),
    ],
    'x/a>y/a 80',
    'allowed',
  ],
];

test.each(rows)('NP-43: %s', (_, policies, flow, outcome) => {
  const [ends, port = '80', protocol = 'TCP'] = flow.split(' ');
  const [from, to] = ends.split('>');
  const network = Network.from([...base, ...policies]);
  expect(network.reach({ from, to, port: Number(port), protocol: protocol as 'TCP' }).outcome).toBe(outcome);
});

describe('the words for it', () => {
  const guard = cnp('guard', { ...inX, ingress: [{ action: 'Pass', from: anyPod, name: 'leave-it' }] });
  const clients = policy(
    'clients',
    { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'c' } } }] }] },
    'x',
  );

  test('tell the tiers that passed and the one that decided', () => {
    const [pair] = Network.from([...base, guard, clients]).reach({ from: 'y/a', to: 'x/a', port: 80 }).pairs;
    const hop = pair.hops.find((each) => each.hop === 'ingress-policy');
    expect(hop).toMatchObject({
      tiers: [
        { tier: 'Admin', result: 'passes', by: [{ name: 'guard', index: 0 }] },
        { tier: 'NetworkPolicy', result: 'denies', by: [{ name: 'clients' }] },
      ],
      nearMisses: [{ rule: { name: 'clients', index: 0 }, missed: 'peer' }],
    });
  });

  test('tell an explicit deny without near misses', () => {
    const deny = cnp('deny', { ...inX, ingress: [{ action: 'Deny', from: anyPod }] });
    const [pair] = Network.from([...base, deny, clients]).reach({ from: 'y/a', to: 'x/a', port: 80 }).pairs;
    expect(pair.hops.find((each) => each.hop === 'ingress-policy')).toMatchObject({
      decidedBy: [{ kind: 'ClusterNetworkPolicy', name: 'deny', index: 0 }],
      nearMisses: [],
    });
  });
});

test('NP-43: whether the plugin reads such a policy is asked by the name of the plugin', () => {
  const guard = adminNetworkPolicy('q', {
    subject: { namespaces: {} },
    priority: 1,
    ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }],
  });
  const network = Network.from([ns('x'), pod('x/a'), pod('x/b'), guard], { cni: 'calico' });
  const [doubt] = network.reach({ from: 'x/a', to: 'x/b', port: 80 }).pairs[0].doubts;
  expect(doubt.wouldDecide).toMatch(/^whether Calico enforces AdminNetworkPolicy/);
});
