import { Network } from '../../../lib/model/network';
import { deployment, ns, pod, policy } from '../../support/manifests';

/**
 * x/a, x/b and y/a at known addresses; 9.9.9.9 is outside. Every row asks one connection by pod IP
 * under the policies of the row, on the neutral conformant cluster.
 */
const ports = [
  { name: 'http', containerPort: 80 },
  { name: 'alt', containerPort: 81 },
  { name: 'dns', containerPort: 53, protocol: 'UDP' },
];
const base = [
  ns('x', { team: 'red' }),
  ns('y', { team: 'blue' }),
  pod('x/a', { ip: '10.0.1.1', ports }),
  pod('x/b', { ip: '10.0.1.2', ports: [{ name: 'http', containerPort: 8080 }] }),
  pod('y/a', { ip: '10.0.2.1', ports }),
];
const inX = (spec: object) => policy('p', spec, 'x');
const also = (spec: object) => policy('q', spec, 'x');
const outside = '9.9.9.9';

type Row = [name: string, policies: readonly object[], flow: string, outcome: string];

function ask(policies: readonly object[], flow: string, profile = {}): string {
  const [ends, port = '80', protocol = 'TCP'] = flow.split(' ');
  const [from, to] = ends.split('>');
  const network = Network.from([...base, ...policies], profile);
  return network.reach({ from, to, port: Number(port), protocol: protocol as 'TCP' }).outcome;
}

const rows: Row[] = [
  [
    'NP-01: `egress: []` without policyTypes isolates for ingress',
    [inX({ podSelector: {}, egress: [] })],
    'y/a>x/a',
    'denied',
  ],
  [
    'NP-01: `egress: []` without policyTypes leaves egress open',
    [inX({ podSelector: {}, egress: [] })],
    'x/a>y/a',
    'allowed',
  ],
  [
    'NP-01: a policy with egress rules isolates both ways',
    [inX({ podSelector: {}, egress: [{ ports: [{ port: 81 }] }] })],
    'x/a>y/a',
    'denied',
  ],
  [
    'NP-02: rules of a direction that is not listed do not isolate',
    [inX({ podSelector: {}, policyTypes: ['Egress'], ingress: [], egress: [{}] })],
    'y/a>x/a',
    'allowed',
  ],
  [
    'NP-03: a policy selects pods of its own namespace only',
    [inX({ podSelector: { matchLabels: { app: 'a' } }, policyTypes: ['Ingress'] })],
    'x/b>y/a',
    'allowed',
  ],
  [
    'NP-04: policies add up',
    [inX({ podSelector: {}, policyTypes: ['Ingress'] }), also({ podSelector: {}, ingress: [{}] })],
    'y/a>x/a',
    'allowed',
  ],
  [
    'NP-05: egress of the source must allow too',
    [inX({ podSelector: {}, policyTypes: ['Egress'] }), policy('in', { podSelector: {}, ingress: [{}] }, 'y')],
    'x/a>y/a',
    'denied',
  ],
  ['NP-06: an absent podSelector selects every pod', [inX({ policyTypes: ['Ingress'] })], 'y/a>x/b 8080', 'denied'],
  ['NP-07: no rules deny all', [inX({ podSelector: {}, ingress: [] })], 'y/a>x/a', 'denied'],
  ['NP-07: an empty rule allows all', [inX({ podSelector: {}, ingress: [{}] })], 'y/a>x/a', 'allowed'],
  [
    'NP-07: an empty `from` restricts nobody',
    [inX({ podSelector: {}, ingress: [{ from: [], ports: [{ port: 80 }] }] })],
    'y/a>x/a',
    'allowed',
  ],
  [
    'NP-07: empty `ports` restrict nothing',
    [inX({ podSelector: {}, ingress: [{ from: [{ podSelector: {} }], ports: [] }] })],
    'x/b>x/a 9999 UDP',
    'allowed',
  ],
  [
    'NP-08: a rule with ports only admits addresses outside',
    [inX({ podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] })],
    `${outside}>x/a`,
    'allowed',
  ],
  [
    'NP-09: a port without protocol is TCP only',
    [inX({ podSelector: {}, ingress: [{ ports: [{ port: 53 }] }] })],
    'y/a>x/a 53 UDP',
    'denied',
  ],
  [
    'NP-09: `ports: [{}]` is every TCP port',
    [inX({ podSelector: {}, ingress: [{ ports: [{}] }] })],
    'y/a>x/a 9999',
    'allowed',
  ],
  [
    'NP-09: `ports: [{}]` is no UDP port',
    [inX({ podSelector: {}, ingress: [{ ports: [{}] }] })],
    'y/a>x/a 53 UDP',
    'denied',
  ],
  [
    'NP-10: selectors of one item are both required',
    [
      inX({
        podSelector: {},
        ingress: [
          {
            from: [
              { namespaceSelector: { matchLabels: { team: 'blue' } }, podSelector: { matchLabels: { app: 'b' } } },
            ],
          },
        ],
      }),
    ],
    'y/a>x/a',
    'denied',
  ],
  [
    'NP-10: items of one list are alternatives',
    [
      inX({
        podSelector: {},
        ingress: [
          {
            from: [
              { namespaceSelector: { matchLabels: { team: 'blue' } } },
              { podSelector: { matchLabels: { app: 'b' } } },
            ],
          },
        ],
      }),
    ],
    'y/a>x/a',
    'allowed',
  ],
  [
    'NP-11: `podSelector: {}` as a peer is the own namespace',
    [inX({ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] })],
    'y/a>x/a',
    'denied',
  ],
  [
    'NP-11: `namespaceSelector: {}` is every pod',
    [inX({ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] })],
    'y/a>x/a',
    'allowed',
  ],
  [
    'NP-11: `namespaceSelector: {}` is nobody outside',
    [inX({ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] })],
    `${outside}>x/a`,
    'denied',
  ],
  [
    'NP-13: NotIn matches pods without the key',
    [
      inX({
        podSelector: {},
        ingress: [
          { from: [{ podSelector: { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['db'] }] } }] },
        ],
      }),
    ],
    'x/b>x/a',
    'allowed',
  ],
  [
    'NP-13: DoesNotExist matches pods without the key',
    [inX({ podSelector: { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, policyTypes: ['Ingress'] })],
    'y/a>x/a',
    'denied',
  ],
  [
    'NP-13: matchLabels and matchExpressions are both required',
    [
      inX({
        podSelector: { matchLabels: { app: 'a' }, matchExpressions: [{ key: 'app', operator: 'In', values: ['b'] }] },
        policyTypes: ['Ingress'],
      }),
    ],
    'y/a>x/a',
    'allowed',
  ],
  [
    'NP-14: every namespace carries its name as a label',
    [
      inX({
        podSelector: {},
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'y' } } }] }],
      }),
    ],
    'y/a>x/a',
    'allowed',
  ],
  [
    'NP-15: `except` only shrinks its block',
    [
      inX({
        podSelector: {},
        ingress: [
          { from: [{ ipBlock: { cidr: '9.0.0.0/8', except: ['9.9.0.0/16'] } }] },
          { from: [{ ipBlock: { cidr: '9.9.9.9/32' } }] },
        ],
      }),
    ],
    `${outside}>x/a`,
    'allowed',
  ],
  [
    'NP-15: an excepted address that nothing else allows is denied',
    [inX({ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '9.0.0.0/8', except: ['9.9.0.0/16'] } }] }] })],
    `${outside}>x/a`,
    'denied',
  ],
  [
    'NP-17: on the conformant cluster an ipBlock selects pods',
    [inX({ podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] })],
    'x/a>y/a',
    'allowed',
  ],
  [
    'NP-18: selectors never match addresses outside',
    [inX({ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] })],
    `${outside}>x/a`,
    'denied',
  ],
  [
    'NP-21: a named port is looked up on each destination',
    [inX({ podSelector: {}, ingress: [{ ports: [{ port: 'http' }] }] })],
    'y/a>x/b 8080',
    'allowed',
  ],
  [
    'NP-21: a pod that lacks the name matches nothing',
    [inX({ podSelector: {}, ingress: [{ ports: [{ port: 'alt' }] }] })],
    'y/a>x/b 81',
    'denied',
  ],
  [
    'NP-22: a named port in egress is the destination’s',
    [inX({ podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: 'http' }] }] })],
    'x/a>x/b 8080',
    'allowed',
  ],
  [
    'NP-22: a named port in egress never matches outside',
    [inX({ podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: 'http' }] }] })],
    `x/a>${outside}`,
    'denied',
  ],
  [
    'NP-23: the name of a UDP port with protocol left out is nothing',
    [inX({ podSelector: {}, ingress: [{ ports: [{ port: 'dns' }] }] })],
    'y/a>x/a 53 UDP',
    'denied',
  ],
  [
    'NP-25: endPort is included',
    [inX({ podSelector: {}, ingress: [{ ports: [{ port: 32000, endPort: 32768 }] }] })],
    'y/a>x/a 32768',
    'allowed',
  ],
  [
    'NP-25: behind endPort nothing is allowed',
    [inX({ podSelector: {}, ingress: [{ ports: [{ port: 32000, endPort: 32768 }] }] })],
    'y/a>x/a 32769',
    'denied',
  ],
  [
    'NP-26: an SCTP rule isolates for TCP',
    [inX({ podSelector: {}, ingress: [{ ports: [{ port: 80, protocol: 'SCTP' }] }] })],
    'y/a>x/a 81',
    'denied',
  ],
  [
    'NP-31: a pod reaches itself whatever policies say',
    [inX({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })],
    'x/a>x/a',
    'allowed',
  ],
  [
    'NP-33: replies need no rule of their own',
    [inX({ podSelector: { matchLabels: { app: 'a' } }, policyTypes: ['Ingress', 'Egress'], egress: [{}] })],
    'x/a>y/a',
    'allowed',
  ],
];

describe('NetworkPolicy v1', () => {
  test.each(rows)('%s', (_, policies, flow, outcome) => {
    expect(ask(policies, flow)).toBe(outcome);
  });

  test('NP-17: on Cilium an ipBlock never selects pods', () => {
    const all = inX({
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }],
    });
    expect(ask([all], 'x/a>y/a', { cni: 'cilium' })).toBe('denied');
    expect(ask([all], `x/a>${outside}`, { cni: 'cilium' })).toBe('allowed');
  });

  test('NP-29: a node is let in by a block around its address, if the plugin lets blocks match nodes', () => {
    const n = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n' },
      status: { addresses: [{ type: 'InternalIP', address: '192.168.0.1' }] },
    };
    const block = inX({ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '192.168.0.0/16' } }] }] });
    const elsewhere = pod('x/z', { nodeName: 'other' });
    expect(ask([n, block, elsewhere], 'node/n>x/z', { cni: 'kindnet' })).toBe('allowed');
    // Through a tunnel it comes by the address of its end.
    expect(ask([n, block, elsewhere], 'node/n>x/z', { cni: 'calico' })).toBe('unknown');
    expect(ask([n, block, elsewhere], 'node/n>x/z', { cni: 'cilium' })).toBe('unknown');
  });

  test('NP-17: a pod whose address is not known yet is unknown to a block that holds part of its range', () => {
    const web = deployment('web', { namespace: 'x' });
    const block = (cidr: string) => policy('r', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr } }] }] }, 'y');
    const profile = { podCidr: '10.244.0.0/16' };
    expect(ask([web, block('10.244.7.0/24')], 'x/web>y/a', profile)).toBe('unknown');
    expect(ask([web, block('10.0.0.0/8')], 'x/web>y/a', profile)).toBe('allowed');
    expect(ask([web, block('10.96.0.0/12')], 'x/web>y/a', profile)).toBe('denied');
  });

  test('NP-17: two blocks that together hold the whole range leave no doubt', () => {
    const halves = ['10.244.0.0/17', '10.244.128.0/17'].map((cidr) => ({ ipBlock: { cidr } }));
    const either = policy('r', { podSelector: {}, ingress: halves.map((half) => ({ from: [half] })) }, 'y');
    expect(ask([deployment('web', { namespace: 'x' }), either], 'x/web>y/a', { podCidr: '10.244.0.0/16' })).toBe(
      'allowed',
    );
  });

  describe('NP-18: labels that controllers add as they make pods', () => {
    const workload = (kind: string, spec: object) => ({
      apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
      kind,
      metadata: { name: 'w', namespace: 'x' },
      spec: {
        ...spec,
        template: { metadata: { labels: { app: 'w' } }, spec: { containers: [{ name: 'm', image: 'i' }] } },
      },
    });
    const isolating = (labels: object) => inX({ podSelector: { matchLabels: labels }, policyTypes: ['Ingress'] });

    test('the name of a Job is known', () => {
      expect(ask([workload('Job', {}), isolating({ 'job-name': 'w' })], 'y/a>x/w')).toBe('denied');
      expect(ask([workload('Job', {}), isolating({ 'job-name': 'other' })], 'y/a>x/w')).toBe('allowed');
    });

    test('a policy for one pod of a StatefulSet leaves it unknown which of its pods are meant', () => {
      const set = workload('StatefulSet', { serviceName: 'w', selector: { matchLabels: { app: 'w' } } });
      expect(ask([set, isolating({ 'statefulset.kubernetes.io/pod-name': 'w-0' })], 'y/a>x/w')).toBe('unknown');
    });

    test('a policy for all pods with such a label is certain', () => {
      const exists = { matchExpressions: [{ key: 'pod-template-hash', operator: 'Exists' }] };
      const all = inX({ podSelector: exists, policyTypes: ['Ingress'] });
      expect(ask([deployment('d', { namespace: 'x' }), all], 'y/a>x/d')).toBe('denied');
    });
  });

  test('NP-28: a hostNetwork pod under a policy is unknown, and its node where the network says so', () => {
    const host = pod('x/host', { hostNetwork: true, labels: { app: 'host' } });
    const deny = inX({ podSelector: {}, policyTypes: ['Ingress'] });
    expect(ask([host, deny], 'y/a>x/host')).toBe('unknown');
    expect(ask([host, deny], 'y/a>x/host', { cni: 'calico' })).toBe('allowed');
  });

  test('NP-34: a finished pod is no pod', () => {
    const done = pod('x/done', { phase: 'Succeeded' });
    expect(() => ask([done], 'x/a>x/done')).toThrow(/PTL017/);
  });

  test('NP-37: where nobody enforces, nothing is denied', () => {
    expect(ask([inX({ podSelector: {}, policyTypes: ['Ingress'] })], 'y/a>x/a', { cni: 'flannel' })).toBe('allowed');
  });

  test('NP-38: a block of one family says nothing about the other', () => {
    const dual = [pod('x/d', { ips: ['10.0.1.9', 'fd00::9'] }), pod('y/d', { ips: ['10.0.2.9', 'fd00::2:9'] })];
    const v4 = policy('r', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] }, 'y');
    const network = Network.from([...base, ...dual, v4]);
    const reach = (family: 4 | 6) => network.reach({ from: 'x/d', to: 'y/d', port: 80, family }).outcome;
    expect([reach(4), reach(6)]).toEqual(['allowed', 'denied']);
    expect(network.reach({ from: 'x/d', to: 'y/d', port: 80 }).outcome).toBe('unknown');
  });

  test('Weave: a named port voids the whole policy, and endPort is not read', () => {
    const named = inX({ podSelector: {}, ingress: [{ ports: [{ port: 'alt' }] }] });
    const range = inX({ podSelector: {}, ingress: [{ ports: [{ port: 80, endPort: 90 }] }] });
    expect(ask([named], 'y/a>x/a 80', { cni: 'weave' })).toBe('allowed');
    expect(ask([range], 'y/a>x/a 81', { cni: 'weave' })).toBe('denied');
  });
});

describe('explanations', () => {
  const rule = (port: number, app: string) => ({
    from: [{ podSelector: { matchLabels: { app } } }],
    ports: [{ port }],
  });
  const network = Network.from([
    ...base,
    inX({ podSelector: {}, ingress: [rule(80, 'nobody'), rule(9999, 'b'), rule(80, 'b')] }),
  ]);

  test('a denial names the policy that isolates and its near misses, the nearest first', () => {
    const [hop] = network
      .reach({ from: 'x/b', to: 'x/a', port: 81 })
      .pairs[0].hops.filter((h) => h.decision === 'stops');
    expect(hop).toMatchObject({
      hop: 'ingress-policy',
      decidedBy: [{ kind: 'NetworkPolicy', namespace: 'x', name: 'p' }],
      nearMisses: [
        { missed: 'traffic', rule: { index: 1 }, wants: { traffic: '9999/TCP' } },
        { missed: 'traffic', rule: { index: 2 } },
        { missed: 'both', rule: { index: 0 }, wants: { peer: 'app=nobody' } },
      ],
    });
  });

  test('an allowance names the rule that allowed', () => {
    const hops = network.reach({ from: 'x/b', to: 'x/a', port: 80 }).pairs[0].hops;
    expect(hops.at(-1)).toMatchObject({ decidedBy: [{ name: 'p', index: 2 }], nearMisses: [] });
  });
});
