import type { EndpointRef } from '../../lib/intents/endpoint';
import type { ClusterProfileSpec } from '../../lib/model/cluster/profile';
import { Network } from '../../lib/model/network';
import { deployment, ns, pod, service } from '../support/manifests';
import { app, checking, codes, internet, portOf, promise } from './support';

const ranges = { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12', nodeCidr: '192.168.77.0/24' };
const nodes = [{ name: 'pool', addresses: ['192.168.77.21'] }];
type Rules = NonNullable<ClusterProfileSpec['firewall']>['workers'];
const onAll = (rules: Rules): ClusterProfileSpec => ({
  ...ranges,
  nodes,
  firewall: { controlPlane: rules, workers: rules },
});
const exposed = promise({ verb: 'toBeExposedTo', negated: false, subject: app('api'), zone: internet, except: [] });
const unexposed = promise({ verb: 'toBeExposedTo', negated: true, subject: app('api'), zone: internet, except: [] });
const both = (manifests: readonly object[], profile: ClusterProfileSpec) =>
  [exposed, unexposed].map((intent) => codes(checking(manifests, [intent], profile)).join());

// NP-39: what lets pods in lets in nodes, which send in place of clients.
const api = deployment('api', { ports: [{ name: 'http', containerPort: 8080 }] });
const kept = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'inside', namespace: 'shop' },
  spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '192.168.77.0/24' } }] }] },
};
const behind = (type: string, nodePort?: number) => [
  ns('shop'),
  api,
  kept,
  service('api', { type, selector: { app: 'api' }, ports: [{ port: 80, targetPort: 8080, nodePort }] }),
];

describe('NET-01, SVC-20: exposure by a node port', () => {
  test.each<[string, Rules, readonly string[]]>([
    ['shuts everything', [], ['PTL332', '']],
    ['lets the port in', [{ from: 'internet', ports: 30080 }], ['', 'PTL120']],
    ['lets all node ports in', [{ from: 'anywhere', ports: '30000-32767' }], ['', 'PTL120']],
    ['lets another port in', [{ from: 'internet', ports: 30081 }], ['PTL332', '']],
    ['lets nodes in', [{ from: ['nodes', 'pods'], ports: 'all' }], ['PTL332', '']],
    ['lets some outside in', [{ from: '203.0.113.0/24', ports: 'all' }], ['PTL332', 'PTL120']],
  ])('where the firewall of all nodes %s', (_, rules, expected) => {
    expect(both(behind('NodePort', 30080), onAll(rules))).toEqual(expected);
  });

  test('without a firewall is what the Service makes it', () => {
    expect(both(behind('NodePort', 30080), ranges)).toEqual(['', 'PTL120']);
  });

  test('is open where nobody tells what guards the control plane, whose nodes have the port too', () => {
    expect(both(behind('NodePort', 30080), { ...ranges, nodes, firewall: { workers: [] } })).toEqual([
      'PTL904',
      'PTL904',
    ]);
  });

  test('of a number that is yet to be chosen is decided by the whole range', () => {
    expect(both(behind('NodePort'), onAll([]))).toEqual(['PTL332', '']);
    expect(both(behind('NodePort'), onAll([{ from: 'internet', ports: '30000-32767' }]))).toEqual(['', 'PTL120']);
    expect(both(behind('NodePort'), onAll([{ from: 'internet', ports: 30080 }]))).toEqual(['PTL904', 'PTL904']);
  });
});

describe('NET-01, SVC-15: exposure by a load balancer', () => {
  test.each<[string, Rules, readonly string[]]>([
    ['from where it sends nobody tells', [{ from: 'internet', ports: 80 }], ['PTL904', 'PTL904']],
    ['the firewall lets load balancers in', [{ from: 'load-balancers', ports: 30080 }], ['', 'PTL120']],
    ['the firewall lets everybody in', [{ from: 'anywhere', ports: [30080, 80] }], ['', 'PTL120']],
  ])('where %s', (_, rules, expected) => {
    expect(both(behind('LoadBalancer', 30080), onAll(rules))).toEqual(expected);
  });
});

describe('NET-01, NET-08: ports that pods open on nodes', () => {
  const hostPort = [ns('shop'), deployment('api', { ports: [{ containerPort: 8080, hostPort: 80 }] })];
  const onHost = [ns('shop'), deployment('api', { hostNetwork: true, ports: [{ containerPort: 8080 }] })];

  test('a hostPort is shut with the port of the node', () => {
    // The pod's own address is open to addresses outside as well, by whatever route (NP-08).
    expect(both(hostPort, onAll([]))[0]).toBe('PTL332');
    expect(both(hostPort, onAll([{ from: 'internet', ports: 80 }]))[0]).toBe('');
  });

  test('so is what a hostNetwork pod listens on', () => {
    expect(both(onHost, onAll([]))).toEqual(['PTL332', '']);
    expect(both(onHost, onAll([{ from: 'internet', ports: 8080 }]))).toEqual(['', 'PTL120']);
  });
});

describe('NET-01: ways in from outside that exposure tells of', () => {
  const doorsOf = (manifests: readonly object[], rules: Rules) =>
    Network.from(manifests, onAll(rules))
      .exposure()
      .flatMap(({ doors }) => doors.map(({ via, doubts = [] }) => `${via}${doubts.length > 0 ? ' ?' : ''}`));
  const hostPort = [ns('shop'), deployment('api', { ports: [{ containerPort: 8080, hostPort: 80 }] })];
  const onHost = [ns('shop'), deployment('api', { hostNetwork: true, ports: [{ containerPort: 8080 }] })];

  test.each<[string, readonly object[], Rules, readonly string[]]>([
    ['a node port that is shut', behind('NodePort', 30080), [{ from: ['nodes', 'pods'], ports: 'all' }], []],
    ['a node port', behind('NodePort', 30080), [{ from: 'internet', ports: 30080 }], ['NodePort']],
    ['one that is open to some', behind('NodePort', 30080), [{ from: '203.0.113.0/24', ports: 'all' }], ['NodePort']],
    ['one of a number that nobody knows', behind('NodePort'), [{ from: 'internet', ports: 30080 }], ['NodePort ?']],
    ['a load balancer', behind('LoadBalancer', 30080), [], ['LoadBalancer ?']],
    ['a hostPort that is shut', hostPort, [{ from: 'internet', ports: 8080 }], []],
    ['a hostPort', hostPort, [{ from: 'internet', ports: 80 }], ['hostPort']],
    ['a hostNetwork pod that is shut', onHost, [{ from: 'nodes', ports: 8080 }], []],
    ['a hostNetwork pod', onHost, [{ from: 'anywhere', ports: 8080 }], ['hostNetwork']],
  ])('%s', (_, manifests, rules, doors) => {
    expect(doorsOf(manifests, rules)).toEqual(doors);
  });

  test('a hostNetwork pod behind a firewall is not unprotected', () => {
    const protection = (rules: Rules) =>
      Network.from(onHost, onAll(rules))
        .exposure()
        .map(({ ingress }) => ingress.isUnprotected);
    expect([protection([]), protection([{ from: 'anywhere', ports: 'all' }])]).toEqual([[false], [true]]);
  });

  test('the map of Services meets it at a Service in front of a hostNetwork pod', () => {
    const web = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' } };
    const manifests = [
      ns('shop'),
      { ...web, spec: { nodeName: 'a', containers: [{ name: 'web', image: 'x' }] } },
      {
        ...web,
        metadata: { name: 'api', namespace: 'shop', labels: { app: 'api' } },
        spec: { nodeName: 'b', hostNetwork: true, containers: [{ name: 'api', image: 'x' }] },
      },
      service('api', { selector: { app: 'api' }, ports: [{ port: 80, targetPort: 8080 }] }),
    ];
    const mapOf = (rules: Rules) => {
      const map = Network.from(manifests, onAll(rules)).serviceMap('service');
      return [map.connections, map.unknown].map((found) =>
        [...found].filter(({ src }) => src === 'shop/web[Pod]').map(({ traffic }) => `${traffic}`),
      );
    };
    expect(mapOf([])).toEqual([[], []]);
    expect(mapOf([{ from: ['nodes', 'pods'], ports: 8080 }])).toEqual([['TCP 80'], []]);
    expect(mapOf([{ from: 'nodes', ports: 8080 }])).toEqual([[], ['TCP 80']]);
  });
});

test('NET-01, NP-30: a pod may be on the node of a hostNetwork pod, which no firewall before the node keeps apart', () => {
  const onHost = [
    ns('shop'),
    deployment('web'),
    deployment('api', { hostNetwork: true, ports: [{ containerPort: 8080 }] }),
  ];
  const apart = promise({ verb: 'toReach', negated: true, subject: app('web'), targets: [app('api')] });
  const outside = promise({ verb: 'toReach', negated: true, subject: internet, targets: [app('api')] });
  expect(codes(checking(onHost, [apart], onAll([])))).toEqual(['PTL904']);
  expect(codes(checking(onHost, [outside], onAll([])))).toEqual([]);
});

test('NET-01: a packet to a node port of a node meets its firewall first', () => {
  const open = behind('NodePort', 30080).filter((object) => object !== kept);
  const network = (rules: Rules) => Network.from(open, onAll(rules));
  const hops = (rules: Rules) => {
    const { outcome, pairs } = network(rules).reach({ from: '203.0.113.7', to: '192.168.77.21', port: 30080 });
    return [outcome, ...pairs[0].hops.map(({ hop, decision }) => `${hop} ${decision}`)];
  };
  expect(hops([])).toEqual(['denied', 'node-firewall stops', 'service passes', 'ingress-policy passes']);
  expect(hops([{ from: 'internet', ports: 30080 }])[0]).toBe('allowed');
});

test('NET-01, SVC-15: so does one to the address of a load balancer, which may come as another', () => {
  const [namespace, workload] = behind('LoadBalancer', 30080);
  const balanced = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'api', namespace: 'shop' },
    spec: {
      type: 'LoadBalancer',
      selector: { app: 'api' },
      ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
      clusterIP: '10.96.0.9',
      externalIPs: ['198.51.100.8'],
    },
    status: { loadBalancer: { ingress: [{ ip: '198.51.100.9' }] } },
  };
  const outcome = (to: string, rules?: Rules) =>
    Network.from([namespace, workload, balanced], rules ? onAll(rules) : { ...ranges, nodes }).reach({
      from: '203.0.113.7',
      to,
      port: 80,
    }).outcome;
  expect([outcome('198.51.100.9'), outcome('198.51.100.9', [])]).toEqual(['allowed', 'unknown']);
  expect(outcome('198.51.100.9', [{ from: 'load-balancers', ports: 30080 }])).toBe('allowed');
  expect([outcome('198.51.100.8'), outcome('198.51.100.8', [])]).toEqual(['allowed', 'denied']);
  expect(outcome('198.51.100.8', [{ from: 'internet', ports: 80 }])).toBe('allowed');
});

test('DNS-28: what DNS pods need of nodes is for policies to decide: what a firewall shuts of it is told of the firewall', () => {
  const dns = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'dns', namespace: 'kube-system' },
    spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{}] },
  };
  const web = deployment('web');
  const reaches = promise({ verb: 'toReach', negated: false, subject: app('web'), targets: [app('api')] });
  const manifests = [...behind('ClusterIP').filter((object) => object !== kept), web, dns];
  expect(codes(checking(manifests, [reaches], onAll([])))).toEqual([]);
});

test('NP-30, NET-01: a pod that is bound to no node may be on the guarded one; promises leave its own node out', () => {
  const open = behind('NodePort', 30080).filter((object) => object !== kept);
  const bound = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bound', namespace: 'shop' } };
  const elsewhere = { ...bound, spec: { nodeName: 'other', containers: [{ name: 'c', image: 'example/c:1' }] } };
  const manifests = [...open, deployment('web'), elsewhere];
  const outcome = (from: string, port: number, rules: Rules) =>
    Network.from(manifests, onAll(rules)).reach({ from, to: '192.168.77.21', port }).outcome;
  expect([outcome('shop/web', 22, []), outcome('shop/web', 30080, [])]).toEqual(['unknown', 'unknown']);
  expect([outcome('shop/bound', 22, []), outcome('shop/bound', 30080, [])]).toEqual(['denied', 'denied']);
  expect(outcome('shop/web', 22, [{ from: ['pods', 'nodes'], ports: 22 }])).toBe('allowed');
  const ssh = portOf({ kind: 'node', name: 'pool' }, 22);
  const found = [false, true].map((negated) => {
    const intent = promise({ verb: 'toReach', negated, subject: app('web'), targets: [ssh] });
    return codes(checking(manifests, [intent], onAll([]))).join();
  });
  expect(found).toEqual(['PTL332', '']);
});

describe('NET-01, SVC-20: a pod and the node ports of a Service, behind a firewall', () => {
  const open = behind('NodePort', 30080).filter((object) => object !== kept);
  const port: EndpointRef = {
    kind: 'nodePort',
    of: { kind: 'object', object: 'Service', namespace: 'shop', name: 'api' },
    port: 80,
  };
  const found = (spec: object, rules: Rules) => {
    const web = deployment('web', spec);
    return [false, true].map((negated) => {
      const intent = promise({ verb: 'toReach', negated, subject: app('web'), targets: [port] });
      return codes(checking([...open, web], [intent], onAll(rules))).join();
    });
  };

  test('that shuts them: it is kept out by other nodes, and by its own nobody knows', () => {
    expect(found({}, [])).toEqual(['PTL332', 'PTL904']);
  });

  test('that lets it in: it gets in, which its own node would do, too', () => {
    expect(found({}, [{ from: ['pods', 'nodes'], ports: 30080 }])).toEqual(['', 'PTL104']);
  });
});

test.each<[string, string, Rules, string]>([
  ['the node itself', '192.168.77.21', [{ from: 'internet', ports: 30080 }], 'unknown'],
  ['another node', '192.168.77.22', [{ from: 'internet', ports: 30080 }], 'denied'],
  [
    'another node, which may send on',
    '192.168.77.22',
    [
      { from: 'internet', ports: 30080 },
      { from: 'nodes', ports: 8080 },
    ],
    'allowed',
  ],
  ['the node itself, by a port that is shut', '192.168.77.21', [{ from: 'internet', ports: 8080 }], 'denied'],
])(
  'SVC-20, NET-01: what guards the node of a hostNetwork pod does not see its port where a client comes by that of %s',
  (_, to, rules, outcome) => {
    const api = pod('shop/api', { hostNetwork: true, nodeName: 'pool-0', ports: [{ containerPort: 8080 }] });
    const profile = { ...onAll(rules), nodes: [{ name: 'pool', addresses: ['192.168.77.21', '192.168.77.22'] }] };
    const [namespace, , , door] = behind('NodePort', 30080);
    const network = Network.from([namespace, api, door], profile);
    expect(network.reach({ from: '203.0.113.7', to, port: 30080 }).outcome).toBe(outcome);
  },
);
