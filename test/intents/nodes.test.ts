import type { EndpointRef } from '../../lib/intents/endpoint';
import type { ReachBy } from '../../lib/intents/intent';
import { deployment, ns, policy, service } from '../support/manifests';
import { app, checking, codes, internet, portOf, promise } from './support';

const cluster = { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12', nodeCidr: '192.168.0.0/24' };
const worker = (name: string, address: string) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { addresses: [{ type: 'InternalIP', address }] },
});
const ports = [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30080 }];
const shop = [
  ns('shop'),
  worker('a', '192.168.0.1'),
  worker('b', '192.168.0.2'),
  deployment('web'),
  deployment('api', { ports: [{ name: 'http', containerPort: 8080 }] }),
  service('api', { type: 'NodePort', selector: { app: 'api' }, ports }),
];
const a: EndpointRef = { kind: 'node', name: 'a' };
const egress = (cidr: string) =>
  policy('web', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Egress'],
    egress: [{ to: [{ ipBlock: { cidr } }] }],
  });
const reaches = (target: EndpointRef, subject = app('web'), by?: ReachBy) =>
  promise({ verb: 'toReach', negated: false, subject, targets: [target], by });
const keptFrom = (target: EndpointRef, subject = app('web')) =>
  promise({ verb: 'toReach', negated: true, subject, targets: [target] });

describe('a node as a target', () => {
  test('SVC-20: is reached at the port of a Service, from pods and from outside', () => {
    expect(codes(checking(shop, [reaches(portOf(a, 30080)), reaches(portOf(a, 30080), internet)], cluster))).toEqual(
      [],
    );
  });

  test('is reached at a port of its own, where policies let out to it', () => {
    expect(codes(checking(shop, [reaches(portOf(a, 10250))], cluster))).toEqual([]);
    expect(codes(checking([...shop, egress('192.168.0.1/32')], [reaches(portOf(a, 10250))], cluster))).toEqual([]);
    // NP-30: whether a pod gets to its own node is the plugin's to say, and it may be this one.
    expect(codes(checking([...shop, egress('192.0.2.0/24')], [reaches(portOf(a, 10250))], cluster))).toEqual([
      'PTL904',
    ]);
  });

  test('needs a port that is a number, and must be declared', () => {
    expect(codes(checking(shop, [reaches(a)], cluster))).toEqual(['PTL901']);
    expect(codes(checking(shop, [reaches(portOf({ kind: 'node', name: 'c' }, 80))], cluster))).toEqual(['PTL901']);
  });

  test('is not kept apart where a port of a Service leads on', () => {
    expect(codes(checking(shop, [keptFrom(a)], cluster))).toEqual(['PTL104']);
    expect(codes(checking(shop, [keptFrom(portOf(a, 30080))], cluster))).toEqual(['PTL104']);
    const toApi = policy('web', {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [{ to: [{ podSelector: { matchLabels: { app: 'api' } } }] }],
    });
    // NP-19: on the node of the client policies see the pod behind the port.
    expect(codes(checking([...shop, toApi], [keptFrom(portOf(a, 30080))], cluster))).toEqual(['PTL104']);
  });

  test('SVC-20: a number that the API server is yet to choose may be any', () => {
    const open = [
      ...shop.slice(0, -1),
      service('api', { type: 'NodePort', selector: { app: 'api' }, ports: [{ port: 80, targetPort: 8080 }] }),
    ];
    expect(codes(checking(open, [keptFrom(portOf(a, 31000))], cluster))).toEqual(['PTL104']);
  });
});

describe('a node as a subject', () => {
  test('reaches a Service without its name, which the node does not know (DNS-19)', () => {
    const target = portOf(app('api'), 'http');
    expect(
      codes(checking(shop, [reaches(target, a), reaches(target, a, 'service'), reaches(target, a, 'podIP')], cluster)),
    ).toEqual([]);
    expect(codes(checking(shop, [reaches(target, a, 'name')], cluster))).toEqual(['PTL501']);
  });

  test('NP-30: is let in by its own pods, whatever policies say, and by others as they say', () => {
    const shut = [...shop, policy('api', { podSelector: { matchLabels: { app: 'api' } }, ingress: [] })];
    expect(codes(checking(shut, [keptFrom(portOf(app('api'), 'http'), a)], cluster))).toEqual(['PTL904']);
  });
});
