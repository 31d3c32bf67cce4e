import type { EndpointRef } from '../../lib/intents/endpoint';
import type { Intent, ReachBy } from '../../lib/intents/intent';
import { deployment, dnsRule, ns, policy, service } from '../support/manifests';
import { app, checking, codes, codesOfPromises, internet, portOf, promise } from './support';

const cluster = { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12', nodeCidr: '192.168.0.0/24' };
const serviceRef = (name: string): EndpointRef => ({ kind: 'object', object: 'Service', namespace: 'shop', name });
const nodePort = (name: string, port: string | number = 'web'): EndpointRef => ({
  kind: 'nodePort',
  of: serviceRef(name),
  port,
});

function reaches(target: EndpointRef, by?: ReachBy, subject = app('web')): Intent {
  return promise({ verb: 'toReach', negated: false, subject, targets: [target], by });
}

function keptFrom(target: EndpointRef, by?: ReachBy, subject = app('web')): Intent {
  return promise({ verb: 'toReach', negated: true, subject, targets: [target], by });
}

/** The Service calls `web` what the container calls `http`. */
const ports = [{ name: 'web', port: 80, targetPort: 'http' }];
const selector = { app: 'api' };
const shop = [
  ns('shop'),
  deployment('web'),
  deployment('api', {
    ports: [
      { name: 'http', containerPort: 8080 },
      { name: 'admin', containerPort: 9000 },
    ],
  }),
];
const clusterIp = service('api', { selector, ports });
const egress = (name: string, rules: readonly object[]) =>
  policy(name, { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: rules });
const toApi = { to: [{ podSelector: { matchLabels: selector } }], ports: [{ port: 8080 }] };

describe('a port of a Service', () => {
  test.each<ReachBy>(['name', 'service', 'podIP'])(
    'SVC-08: is reached by %s at the container port that it leads to',
    (by) => {
      expect(codes(checking([...shop, clusterIp], [reaches(portOf(serviceRef('api'), 'web'), by)]))).toEqual([]);
      const other = egress('other', [dnsRule, { ...toApi, ports: [{ port: 9000 }] }]);
      expect(codes(checking([...shop, clusterIp, other], [reaches(portOf(serviceRef('api'), 'web'), by)]))).toEqual([
        'PTL101',
      ]);
    },
  );

  test('SVC-08: is reached from outside by the doors of this Service alone', () => {
    const outside = service('edge', { type: 'LoadBalancer', selector, ports });
    const manifests = [...shop, clusterIp, outside];
    expect(
      codes(checking(manifests, [reaches(portOf(serviceRef('edge'), 'web'), undefined, internet)], cluster)),
    ).toEqual([]);
    expect(
      codes(checking(manifests, [reaches(portOf(serviceRef('api'), 'web'), undefined, internet)], cluster)),
    ).toEqual(['PTL121']);
  });
});

describe('not.toReach by one way', () => {
  const admin = portOf(app('api'), 'admin');

  test('SVC-10: a port that no Service offers is reached by address only', () => {
    const manifests = [...shop, clusterIp];
    expect(codes(checking(manifests, [keptFrom(admin, 'service'), keptFrom(admin, 'name')]))).toEqual([]);
    expect(codesOfPromises(checking(manifests, [keptFrom(admin, 'podIP'), keptFrom(admin)]))).toEqual([
      'PTL104',
      'PTL104',
    ]);
  });

  test('DNS-29: without lookups there is no way by name, and the others stay open', () => {
    const manifests = [...shop, clusterIp, egress('no-dns', [toApi])];
    expect(codes(checking(manifests, [keptFrom(app('api'), 'name')]))).toEqual([]);
    expect(codes(checking(manifests, [keptFrom(app('api'), 'service')]))).toEqual(['PTL104']);
  });

  test('SVC-05: a pod that is not there yet will be reached once it is', () => {
    const later = [
      ns('shop'),
      deployment('web'),
      deployment('api', { replicas: 0, ports: [{ name: 'http', containerPort: 8080 }] }),
    ];
    const promises = (['name', 'service', 'podIP'] as const).map((by) => keptFrom(app('api'), by));
    expect(codesOfPromises(checking([...later, clusterIp], promises))).toEqual(['PTL104', 'PTL104', 'PTL104']);
  });

  test('SVC-21: by the name of a headless Service every port of its pods is reached', () => {
    const headless = service('api', { selector, clusterIP: 'None', ports });
    expect(codes(checking([...shop, headless], [keptFrom(admin, 'name')]))).toEqual(['PTL104']);
    expect(codes(checking([...shop, headless, egress('no-dns', [toApi])], [keptFrom(admin, 'name')]))).toEqual([]);
  });

  test('SVC-13: from outside there is a way by a Service only where it has a door', () => {
    const balanced = service('api', { type: 'LoadBalancer', selector, ports });
    const denied = policy('deny', { podSelector: { matchLabels: selector }, ingress: [] });
    expect(codes(checking([...shop, clusterIp], [keptFrom(app('api'), 'service', internet)], cluster))).toEqual([]);
    expect(codes(checking([...shop, balanced], [keptFrom(app('api'), 'service', internet)], cluster))).toEqual([
      'PTL104',
    ]);
    // NP-30, NP-39: the node that forwards may be the pod's own.
    expect(codes(checking([...shop, balanced, denied], [keptFrom(app('api'), 'service', internet)], cluster))).toEqual([
      'PTL904',
    ]);
  });
});

describe('the node port of a Service', () => {
  const byNode = (more: object = {}) =>
    service('edge', { type: 'NodePort', selector, ports: [{ ...ports[0], nodePort: 30080 }], ...more });

  test('SVC-20: is reached from pods and from outside', () => {
    const promises = [
      reaches(nodePort('edge')),
      reaches(nodePort('edge', 80)),
      reaches(nodePort('edge'), undefined, internet),
    ];
    expect(codes(checking([...shop, byNode()], promises, cluster))).toEqual([]);
  });

  test('SVC-19: of a load balancer, too, unless it allocates none', () => {
    const balanced = service('edge', { type: 'LoadBalancer', selector, ports });
    expect(codes(checking([...shop, balanced], [reaches(nodePort('edge'), undefined, internet)], cluster))).toEqual([]);
    const without = service('edge', { type: 'LoadBalancer', selector, ports, allocateLoadBalancerNodePorts: false });
    expect(codes(checking([...shop, without], [reaches(nodePort('edge'), undefined, internet)], cluster))).toEqual([
      'PTL208',
    ]);
    expect(codes(checking([...shop, without], [keptFrom(nodePort('edge'), undefined, internet)], cluster))).toEqual([]);
  });

  test('SVC-17: is open to whom the load balancer keeps out', () => {
    const ranges = ['203.0.113.0/24'];
    const edge = service('edge', { type: 'LoadBalancer', selector, ports, loadBalancerSourceRanges: ranges });
    expect(codes(checking([...shop, edge], [reaches(nodePort('edge'), undefined, internet)], cluster))).toEqual([]);
  });

  test('SVC-20: the port of another node is only reached where the pod is let out to nodes', () => {
    const manifests = [...shop, byNode(), egress('to-api', [toApi])];
    // NP-30: only to its own node it may be let out without a rule.
    expect(codes(checking(manifests, [reaches(nodePort('edge'))], cluster))).toEqual(['PTL904']);
    const toNodes = { to: [{ ipBlock: { cidr: '192.168.0.0/24' } }], ports: [{ port: 30080 }] };
    expect(
      codes(checking([...manifests, egress('to-nodes', [toNodes])], [reaches(nodePort('edge'))], cluster)),
    ).toEqual([]);
    const open = service('edge', { type: 'NodePort', selector, ports });
    // Nobody knows yet which number the API server chooses.
    expect(codes(checking([...shop, open, egress('to-api', [toApi])], [reaches(nodePort('edge'))], cluster))).toEqual([
      'PTL904',
    ]);
  });

  test('SVC-14: with Local it depends on the node that a client from outside meets', () => {
    const local = byNode({ externalTrafficPolicy: 'Local' });
    const [finding] = checking([...shop, local], [reaches(nodePort('edge'), undefined, internet)], cluster).findings;
    expect(finding.cause).toMatchObject({ code: 'PTL904', doubts: [{ rule: 'SVC-14' }] });
    expect(codes(checking([...shop, local], [reaches(nodePort('edge'))], cluster))).toEqual([]);
  });

  test('SVC-20: is not reached where policies keep it shut, and may be where a node is let out', () => {
    const open = [...shop, byNode()];
    expect(codes(checking(open, [keptFrom(nodePort('edge'))], cluster))).toEqual(['PTL104']);
    const shut = egress('shut', []);
    expect(codes(checking([...open, shut], [keptFrom(nodePort('edge'))], cluster))).toEqual([]);
    const toNodes = egress('to-nodes', [{ to: [{ ipBlock: { cidr: '192.168.0.0/24' } }] }]);
    expect(codes(checking([...open, toNodes], [keptFrom(nodePort('edge'))], cluster))).toEqual(['PTL904']);
  });

  test('is about that way alone', () => {
    const internal = [...shop, clusterIp, service('edge', { selector, ports })];
    expect(codes(checking(internal, [keptFrom(nodePort('edge'), undefined, internet)], cluster))).toEqual([]);
  });
});

test.each(['TCP', 'UDP'] as const)(
  'SVC-09: of two ports with one number the node port for %s is looked at, whichever comes first',
  (protocol) => {
    const both = (['UDP', 'TCP'] as const).map((each) => ({ name: each.toLowerCase(), port: 53, protocol: each }));
    const edge = service('edge', { type: 'NodePort', selector, ports: both });
    const target: EndpointRef = { kind: 'nodePort', of: serviceRef('edge'), port: 53, protocol };
    expect(codes(checking([...shop, edge], [keptFrom(target, undefined, internet)], cluster))).toEqual(['PTL104']);
    expect(codes(checking([...shop, edge], [reaches(target, undefined, internet)], cluster))).toEqual([]);
  },
);
