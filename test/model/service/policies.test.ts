import { policy } from '../../support/manifests';
import { ask, BALANCER, dying, NODE_PORT, nodeIp, open, podOn, told, web } from './lab';

const webOn = (node: 'a' | 'b' | 'c', name: string, host: number) =>
  podOn(node, name, host, { labels: { app: 'web' } });
const pods = [webOn('a', 'web-a', 10), webOn('b', 'web-b', 11)];
const POD = 'shop/client-a';
const OUTSIDE = '203.0.113.10';
const VIP = '10.96.0.9';

const serves = { podSelector: { matchLabels: { app: 'web' } } };
const letsIn = (...from: readonly object[]) => policy('in', { ...serves, ingress: [{ from }] });
const letsOut = (to: readonly object[], port: number) =>
  policy('out', {
    podSelector: { matchLabels: { app: 'client-a' } },
    policyTypes: ['Egress'],
    egress: [{ to, ports: [{ port }] }],
  });
const block = (cidr: string) => ({ ipBlock: { cidr } });

describe('policies of the client see what leaves its node', () => {
  test.each([
    ['NP-19: the pod and its own port behind a ClusterIP', VIP, 80, [serves], 8080, 'web-a web-b'],
    ['NP-19: the port of the Service is none of theirs', VIP, 80, [serves], 80, 'denied'],
    ['NP-19: the pod behind a load balancer too', BALANCER, 80, [serves], 8080, 'web-a web-b'],
    ['NP-19: the pod behind the port of the own node', nodeIp('a'), NODE_PORT, [serves], 8080, 'web-a web-b'],
    ['SVC-20: the port of another node is that node', nodeIp('b'), NODE_PORT, [serves], 8080, 'denied'],
    [
      'SVC-20: which a rule may let it out to',
      nodeIp('b'),
      NODE_PORT,
      [block('192.168.77.11/32')],
      NODE_PORT,
      'web-a web-b',
    ],
  ])('%s', (_case, to, port, peers, allowed, answer) => {
    const manifests = [...pods, open(), letsOut(peers as readonly object[], allowed)];
    expect(told(ask(manifests, { from: POD, to, port }, { cni: 'calico' }))).toBe(answer);
  });
});

describe('NP-39: policies of the target see the source as it comes', () => {
  const client = block(`${OUTSIDE}/32`);
  const nodeA = block('192.168.77.10/32');
  const only = [pods[1]];

  test.each([
    ['the client, where Local keeps its address', 'Local', 'b', client, 'web-b'],
    ['not another client', 'Local', 'b', block('203.0.113.99/32'), 'denied'],
    ['the node that forwards, where it is another', 'Cluster', 'a', nodeA, 'web-b'],
    ['and not the client then', 'Cluster', 'a', client, 'denied'],
  ] as const)('%s', (_case, externalTrafficPolicy, node, peer, answer) => {
    const manifests = [...only, open({ externalTrafficPolicy }), letsIn(peer)];
    const question = { from: OUTSIDE, to: nodeIp(node), port: NODE_PORT };
    expect(told(ask(manifests, question, { cni: { name: 'calico', encapsulation: 'None' } }))).toBe(answer);
  });

  test('on the node of the pod itself a plugin may see the client or the node', () => {
    const question = { from: OUTSIDE, to: nodeIp('b'), port: NODE_PORT };
    expect(told(ask([...only, open(), letsIn(client)], question, { cni: 'calico' }))).toBe('web-b');
    expect(told(ask([...only, open(), letsIn(nodeA)], question, { cni: 'calico' }))).toBe('unknown NP-39');
  });

  test('a pod at a ClusterIP is itself', () => {
    const clients = { podSelector: { matchLabels: { app: 'client-a' } } };
    expect(told(ask([...only, web(), letsIn(clients)], { from: POD, to: VIP }))).toBe('web-b');
    expect(told(ask([...only, web(), letsIn(clients)], { from: 'shop/client-b', to: VIP }))).toBe('denied');
  });

  test('a pod at the port of another node is that node', () => {
    const clients = { podSelector: { matchLabels: { app: 'client-a' } } };
    const question = { from: POD, to: nodeIp('c'), port: NODE_PORT };
    expect(told(ask([...only, open(), letsIn(clients)], question, { cni: 'calico' }))).toBe('denied');
  });

  test('NP-32: a pod that meets itself through a Service is left to the plugin', () => {
    const nobody = policy('in', { ...serves, ingress: [] });
    expect(told(ask([...only, web(), nobody], { from: 'shop/web-b', to: VIP }))).toBe('unknown NP-32');
  });
});

describe('where nobody tells the nodes', () => {
  const anywhere = (name: string, labels: Record<string, string>) => ({
    ...(podOn('a', name, 40, { labels }) as { spec: object }),
    spec: { containers: [{ name: 'main', image: 'example/image:1' }] },
  });
  const target = anywhere('web-x', { app: 'web' });

  test('a ClusterIP is as certain as ever', () => {
    expect(told(ask([target, web()], { from: POD, to: VIP }))).toBe('web-x');
  });

  test('SVC-20: at a node port it is open what the policies of a client see that is nobody knows where', () => {
    const client = anywhere('client-x', { app: 'client-a' });
    const question = { from: 'shop/client-x', to: nodeIp('b'), port: NODE_PORT };
    const toNode = letsOut([block('192.168.77.11/32')], NODE_PORT);
    expect(told(ask([pods[1], client, open()], question, { cni: 'calico' }))).toBe('web-b');
    expect(told(ask([pods[1], client, open(), toNode], question, { cni: 'calico' }))).toBe('unknown SVC-20');
  });

  test('SVC-13: Local is open', () => {
    expect(told(ask([target, web({ internalTrafficPolicy: 'Local' })], { from: POD, to: VIP }))).toBe('unknown SVC-13');
  });

  test('SVC-25: preferences are open only where the endpoints differ', () => {
    const preferring = web({ trafficDistribution: 'PreferSameZone' });
    expect(told(ask([target, preferring], { from: POD, to: VIP }))).toBe('web-x');
  });

  test('SVC-15: from outside a ClusterIP is open, unless the node of entry is told', () => {
    expect(told(ask([...pods, web()], { from: OUTSIDE, to: VIP }))).toBe('unknown SVC-15');
    expect(told(ask([...pods, web()], { from: OUTSIDE, to: VIP, via: 'a' }))).toBe('web-a web-b');
  });

  test('SVC-14: a load balancer comes by a node that has an endpoint', () => {
    const local = open({ externalTrafficPolicy: 'Local' });
    expect(told(ask([...pods, local], { from: OUTSIDE, to: BALANCER }))).toBe('web-a web-b');
    expect(told(ask([...pods, local], { from: OUTSIDE, to: '198.18.1.1' }))).toBe('unknown SVC-13');
    const shut = policy('in', { podSelector: { matchLabels: { which: 'b' } }, ingress: [] });
    const b = podOn('b', 'web-b', 11, { labels: { app: 'web', which: 'b' } });
    expect(told(ask([pods[0], b, shut, local], { from: OUTSIDE, to: BALANCER }))).toBe('unknown SVC-13');
    expect(told(ask([dying(pods[0]), local], { from: OUTSIDE, to: BALANCER }))).toBe('unknown SVC-13');
  });
});
