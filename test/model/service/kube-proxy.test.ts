import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { policy } from '../../support/manifests';
import { apiServer, ask, BALANCER, NODE_PORT, nodeIp, open, podOn, problemOf, told, web } from './lab';

const webOn = (node: 'a' | 'b' | 'c', name: string, host: number) =>
  podOn(node, name, host, { labels: { app: 'web' } });
const pods = [webOn('a', 'web-a', 10), webOn('b', 'web-b', 11)];
const POD = 'shop/client-a';
const OUTSIDE = '203.0.113.10';
const VIP = '10.96.0.9';
const EXTERNAL = '198.18.1.1';
const nft: ClusterProfileSpec = { proxyMode: 'nftables' };
const ipvs: ClusterProfileSpec = { proxyMode: 'ipvs' };

describe('what a Service serves', () => {
  test.each([
    ['SVC-10', 'iptables', 9999, 'TCP', 'left-cluster'],
    ['SVC-10', 'nftables', 9999, 'TCP', 'no-such-port'],
    ['SVC-10', 'ipvs', 9999, 'TCP', 'unknown SVC-10'],
    ['SVC-11', 'ipvs', 80, 'UDP', 'unknown SVC-10'],
    ['SVC-11', 'iptables', 80, 'UDP', 'left-cluster'],
    ['SVC-11', 'nftables', 80, 'UDP', 'no-such-port'],
  ] as const)('%s: in mode %s not port %i/%s', (_rule, proxyMode, port, protocol, answer) => {
    expect(told(ask([...pods, web()], { from: POD, to: VIP, port, protocol }, { proxyMode }))).toBe(answer);
  });

  test('SVC-10: by name too a port that is not in its list is none', () => {
    const question = { from: POD, to: 'service/shop/web', port: 9999, by: 'service' as const };
    expect(told(ask([...pods, web()], question))).toBe('no-such-port');
    expect(told(ask([...pods, web()], question, ipvs))).toBe('unknown SVC-10');
  });

  test("an address of the Service range that no Service has is nobody's only in a dump of the cluster", () => {
    const question = { from: POD, to: '10.96.200.200' };
    expect(told(ask([web()], question, nft))).toBe('unknown SVC-12');
    expect(told(ask([web(), apiServer], question, nft))).toBe('unassigned-address');
    expect(told(ask([web(), apiServer], question))).toBe('left-cluster');
  });

  test('SVC-28: each endpoint is one of as many, equally likely', () => {
    const { pairs } = ask([...pods, web()], { from: POD, to: VIP });
    const choices = pairs.flatMap(({ hops }) => hops.flatMap((hop) => ('proxy' in hop ? [hop.proxy?.choices] : [])));
    expect(choices).toEqual([2, 2]);
  });

  test('SVC-28: one endpoint that a policy shuts makes it partial', () => {
    const shut = policy('shut', { podSelector: { matchLabels: { app: 'web', which: 'b' } }, ingress: [] });
    const b = podOn('b', 'web-b', 11, { labels: { app: 'web', which: 'b' } });
    expect(told(ask([pods[0], b, shut, web()], { from: POD, to: VIP }))).toBe('partly web-a');
  });

  test('SVC-24: affinity changes who answers a client, not who may', () => {
    const verdict = ask([...pods, web({ sessionAffinity: 'ClientIP' })], { from: POD, to: VIP });
    expect(told(verdict)).toBe('web-a web-b');
    expect(verdict.pairs[0].hops[0]).toMatchObject({ proxy: { isSticky: true } });
  });

  test.each(['iptables', 'nftables', 'ipvs'] as const)(
    'SVC-33: a ClusterIP leads to every ready pod, in mode %s',
    (mode) => {
      expect(told(ask([...pods, web()], { from: POD, to: VIP }, { proxyMode: mode }))).toBe('web-a web-b');
    },
  );

  test("SVC-18: a load balancer's address is served in the cluster, unless its mode is Proxy", () => {
    expect(told(ask([...pods, open()], { from: POD, to: BALANCER }))).toBe('web-a web-b');
    const proxy = open({}, { ip: BALANCER, ipMode: 'Proxy' });
    expect(told(ask([...pods, proxy], { from: POD, to: BALANCER }))).toBe('unknown SVC-18');
  });

  test('SVC-18: an address that was asked for is served once the load balancer has it, which a dump would tell', () => {
    const asked = web({ type: 'LoadBalancer', loadBalancerIP: BALANCER });
    expect(told(ask([...pods, asked], { from: POD, to: BALANCER }))).toBe('web-a web-b');
    expect(told(ask([...pods, asked, apiServer], { from: POD, to: BALANCER }))).toBe('left-cluster');
  });

  test('SVC-19: without node ports there is none to be asked', () => {
    const spec = { allocateLoadBalancerNodePorts: false, ports: [{ port: 80, targetPort: 8080 }] };
    const verdict = ask([...pods, open(spec), apiServer], { from: POD, to: nodeIp('a'), port: NODE_PORT });
    expect(told(verdict)).toBe('node-port-closed');
    expect(told(ask([...pods, open(spec)], { from: POD, to: BALANCER }))).toBe('web-a web-b');
  });

  test('SVC-23: an externalIP is served on any type of Service, from anywhere', () => {
    const spec = web({ externalIPs: [EXTERNAL] });
    expect(told(ask([...pods, spec], { from: POD, to: EXTERNAL }))).toBe('web-a web-b');
    expect(told(ask([...pods, spec], { from: OUTSIDE, to: EXTERNAL, via: 'c' }))).toBe('web-a web-b');
    const other = { from: POD, to: EXTERNAL, port: 9999 };
    expect(told(ask([...pods, spec], other))).toBe('unknown SVC-23');
    expect(told(ask([...pods, spec, apiServer], other))).toBe('left-cluster');
  });

  test('SVC-21, SVC-22: those without a ClusterIP have no externalIP either', () => {
    const headless = web({ clusterIP: 'None', externalIPs: [EXTERNAL] });
    expect(told(ask([...pods, headless, apiServer], { from: POD, to: EXTERNAL }))).toBe('left-cluster');
    const name = web({
      type: 'ExternalName',
      clusterIP: undefined,
      externalName: 'example.com',
      externalIPs: [EXTERNAL],
    });
    expect(told(ask([...pods, name, apiServer], { from: POD, to: EXTERNAL }))).toBe('left-cluster');
  });

  test('SVC-23: which of two Services with one address and port wins nobody knows; one without endpoints never does', () => {
    const other = { ...open({ clusterIP: '10.96.0.10' }), metadata: { name: 'other', namespace: 'shop' } };
    expect(told(ask([...pods, open(), other], { from: POD, to: BALANCER }))).toBe('unknown SVC-23');
    const idle = {
      ...open({ clusterIP: '10.96.0.10', selector: { app: 'x' } }),
      metadata: { name: 'idle', namespace: 'shop' },
    };
    expect(told(ask([...pods, open(), idle], { from: POD, to: BALANCER }))).toBe('web-a web-b');
    const guarded = {
      ...open({ clusterIP: '10.96.0.10', selector: { app: 'x' }, loadBalancerSourceRanges: ['203.0.113.0/24'] }),
      metadata: { name: 'idle', namespace: 'shop' },
    };
    expect(told(ask([...pods, open(), guarded], { from: POD, to: BALANCER }))).toBe('unknown SVC-23');
  });

  test("SVC-23: an externalIP that is a pod's address takes that pod's packets, those of other Services too", () => {
    const one = podOn('c', 'one', 12, { labels: { app: 'one' } });
    const hijack = {
      ...web({
        clusterIP: '10.96.0.10',
        selector: { app: 'one' },
        externalIPs: ['10.244.0.10'],
        ports: [{ port: 8080 }],
      }),
      metadata: { name: 'hijack', namespace: 'shop' },
    };
    const manifests = [...pods, one, web(), hijack];
    expect(told(ask(manifests, { from: POD, to: '10.244.0.10', port: 8080 }))).toBe('one');
    expect(told(ask(manifests, { from: POD, to: 'shop/web-a', port: 8080 }))).toBe('one');
    expect(told(ask(manifests, { from: 'shop/client-b', to: VIP }))).toBe('one web-b');
    expect(told(ask(manifests, { from: 'shop/client-a', to: VIP }))).toBe('web-a web-b');
  });

  test('SVC-23: packets that two externalIPs send in circles end nobody knows where', () => {
    const at = (name: string, clusterIP: string, app: string, ip: string) => ({
      ...web({ clusterIP, selector: { app }, externalIPs: [ip], ports: [{ port: 8080 }] }),
      metadata: { name, namespace: 'shop' },
    });
    const [x, y] = [podOn('a', 'x', 20, { labels: { app: 'x' } }), podOn('b', 'y', 21, { labels: { app: 'y' } })];
    const circle = [x, y, at('one', '10.96.0.20', 'y', '10.244.0.20'), at('two', '10.96.0.21', 'x', '10.244.1.21')];
    expect(told(ask(circle, { from: 'shop/client-c', to: '10.96.0.20', port: 8080 }))).toBe('unknown SVC-23');
  });
});

describe('SVC-12: without endpoints', () => {
  test.each([
    ['a ClusterIP from a pod', POD, VIP, 80, 'selects-nothing', 'selects-nothing'],
    ['a ClusterIP from a node', 'node/a', VIP, 80, 'selects-nothing', 'selects-nothing'],
    ['an externalIP from outside', OUTSIDE, EXTERNAL, 80, 'selects-nothing', 'selects-nothing'],
    ['a load balancer from a pod', POD, BALANCER, 80, 'selects-nothing', 'selects-nothing'],
    ['a node port from outside', OUTSIDE, nodeIp('b'), NODE_PORT, 'selects-nothing', 'selects-nothing'],
    ['a load balancer from a node', 'node/a', BALANCER, 80, 'left-cluster', 'selects-nothing'],
    ['an externalIP from a node', 'node/a', EXTERNAL, 80, 'left-cluster', 'selects-nothing'],
    ['a node port from the node itself', 'node/a', nodeIp('a'), NODE_PORT, 'selects-nothing', 'selects-nothing'],
  ])('%s', (_case, from, to, port, inIptables, inNftables) => {
    const question = { from, to, port, via: from === OUTSIDE ? 'a' : undefined };
    expect(problemOf(ask([open()], question))).toBe(inIptables);
    expect(problemOf(ask([open()], question, nft))).toBe(inNftables);
  });
});

describe('SVC-17: loadBalancerSourceRanges', () => {
  const ranges = ['203.0.113.0/24', ' 10.244.0.2/32 '];
  const guarded = open({ loadBalancerSourceRanges: ranges });

  test.each([
    ['a client within', OUTSIDE, BALANCER, 80, 'web-a web-b'],
    ['a client without', '198.51.100.1', BALANCER, 80, 'source-not-allowed'],
    ['a pod within', POD, BALANCER, 80, 'web-a web-b'],
    ['a pod without', 'shop/client-b', BALANCER, 80, 'source-not-allowed'],
    ['a node without', 'node/a', BALANCER, 80, 'source-not-allowed'],
    ['a client without at the node port', '198.51.100.1', nodeIp('a'), NODE_PORT, 'web-a web-b'],
    ['a client without at the externalIP', '198.51.100.1', EXTERNAL, 80, 'web-a web-b'],
    ['a pod without at the ClusterIP', 'shop/client-b', VIP, 80, 'web-a web-b'],
  ])('%s', (_case, from, to, port, answer) => {
    const via = /^\d/.test(from) ? 'a' : undefined;
    expect(told(ask([...pods, guarded], { from, to, port, via }))).toBe(answer);
  });

  test('without endpoints nftables still drops, and iptables rejects', () => {
    const question = { from: '198.51.100.1', to: BALANCER, via: 'a' };
    expect(told(ask([guarded], question))).toBe('selects-nothing');
    expect(told(ask([guarded], question, nft))).toBe('source-not-allowed');
  });
});

describe('SVC-20: node ports', () => {
  test.each([
    ['127.0.0.1 in iptables', '127.0.0.1', {}, 'web-a web-b'],
    ['127.0.0.1 in nftables', '127.0.0.1', nft, 'node-port-closed'],
    ['127.0.0.1 in IPVS', '127.0.0.1', ipvs, 'node-port-closed'],
    ["the node's address", nodeIp('a'), nft, 'web-a web-b'],
    [
      'within nodePortAddresses',
      nodeIp('a'),
      { kubeProxy: { nodePortAddresses: ['192.168.77.10/31'] } },
      'web-a web-b',
    ],
    [
      'without nodePortAddresses',
      nodeIp('a'),
      { kubeProxy: { nodePortAddresses: '192.168.77.12/32' } },
      'node-port-closed',
    ],
    ['the primary address alone', '127.0.0.1', { kubeProxy: { nodePortAddresses: 'primary' } }, 'node-port-closed'],
  ])('at %s', (_case, to, profile, answer) => {
    expect(told(ask([...pods, open()], { from: 'node/a', to, port: NODE_PORT }, profile))).toBe(answer);
  });

  test('iptables rejects and drops at a closed node port too, where there is nothing to offer', () => {
    const profile = { kubeProxy: { nodePortAddresses: '192.168.77.11/32' } };
    const local = open({ externalTrafficPolicy: 'Local' });
    const question = { from: POD, to: nodeIp('c'), port: NODE_PORT };
    expect(told(ask([open()], question, profile))).toBe('selects-nothing');
    expect(told(ask([...pods, local], question, profile))).toBe('no-local-endpoints');
    expect(told(ask([...pods, local], { ...question, to: nodeIp('a') }, profile))).toBe('node-port-closed');
    expect(told(ask([...pods, local], question, { ...profile, ...nft }))).toBe('node-port-closed');
  });

  test('the port of a node that is asked for by name is one too', () => {
    expect(told(ask([...pods, open()], { from: POD, to: 'node/c', port: NODE_PORT }))).toBe('web-a web-b');
  });

  test('a port of the range that no Service has is closed only in a dump of the cluster', () => {
    const question = { from: POD, to: nodeIp('a'), port: 31999 };
    expect(told(ask([...pods, open(), apiServer], question))).toBe('node-port-closed');
    expect(ask([...pods, open()], question).outcome).toBe('allowed');
  });

  test('SVC-14: the port where nodes tell of their health is open', () => {
    const health = open({ externalTrafficPolicy: 'Local', healthCheckNodePort: 31998 });
    expect(ask([...pods, health, apiServer], { from: POD, to: nodeIp('c'), port: 31998 }).outcome).toBe('allowed');
  });

  test('a hostNetwork pod may have a port of the range', () => {
    const host = podOn('c', 'host', 0, { hostNetwork: true, ports: [{ containerPort: 31997 }] });
    expect(told(ask([host, apiServer], { from: POD, to: nodeIp('c'), port: 31997 }))).toBe('host');
  });

  test('where nobody tells whose the address is nobody knows', () => {
    expect(told(ask([...pods, open()], { from: POD, to: '192.168.77.99', port: NODE_PORT }))).toBe('unknown SVC-15');
  });

  test.each([NODE_PORT, 8080])('NET-09: from outside no node takes what is for its loopback, at port %i', (port) => {
    const host = podOn('a', 'host', 20, { ports: [{ containerPort: 80, hostPort: 8080, hostIP: '127.0.0.1' }] });
    for (const to of ['127.0.0.1', '127.9.9.9', '::1']) {
      expect(told(ask([...pods, open(), host], { from: OUTSIDE, to, port }))).toBe('loopback');
    }
  });

  test('NET-10: the port of health checks is open where the policy is Local, and told nowhere else', () => {
    const lint = (spec: object) => () =>
      ask([...pods, open({ healthCheckNodePort: 31998, ...spec })], { from: POD, to: VIP });
    expect(lint({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' })).not.toThrow();
    expect(lint({ type: 'LoadBalancer', externalTrafficPolicy: 'Cluster' })).toThrow('PTL020');
    expect(lint({ type: 'NodePort', externalTrafficPolicy: 'Local' })).toThrow('PTL020');
  });

  test('NET-08: behind a hostPort there is a pod', () => {
    const host = podOn('a', 'host', 20, { ports: [{ containerPort: 80, hostPort: 8080 }] });
    expect(told(ask([host], { from: POD, to: nodeIp('a'), port: 8080 }))).toBe('unknown NET-08');
  });
});
