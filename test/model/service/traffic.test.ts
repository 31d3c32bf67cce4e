import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { policy } from '../../support/manifests';
import { ask, BALANCER, dying, NODE_PORT, nodeIp, open, podOn, seenBy, slice, told, web } from './lab';

const webOn = (node: 'a' | 'b' | 'c', name: string, host: number) =>
  podOn(node, name, host, { labels: { app: 'web' } });
const pods = [webOn('a', 'web-a', 10), webOn('b', 'web-b', 11)];
const POD = 'shop/client-a';
const OUTSIDE = '203.0.113.10';
const VIP = '10.96.0.9';
const nft: ClusterProfileSpec = { proxyMode: 'nftables' };
const ipvs: ClusterProfileSpec = { proxyMode: 'ipvs' };

describe('SVC-13, SVC-14: Local policies', () => {
  const inside = open({ internalTrafficPolicy: 'Local' });
  const outside = open({ externalTrafficPolicy: 'Local' });

  test.each([
    ['internal, a client on a node with an endpoint', inside, POD, VIP, 80, 'web-a'],
    ['internal, a client on a node without', inside, 'shop/client-c', VIP, 80, 'no-local-endpoints'],
    ['internal, a node without', inside, 'node/c', VIP, 80, 'no-local-endpoints'],
    ['internal does not touch node ports', inside, OUTSIDE, nodeIp('c'), NODE_PORT, 'web-a web-b'],
    ['internal does not touch load balancers', inside, 'shop/client-c', BALANCER, 80, 'web-a web-b'],
    ['external, by a node with an endpoint', outside, OUTSIDE, nodeIp('b'), NODE_PORT, 'web-b'],
    ['external, by a node without', outside, OUTSIDE, nodeIp('c'), NODE_PORT, 'no-local-endpoints'],
    ['external does not touch the ClusterIP', outside, 'shop/client-c', VIP, 80, 'web-a web-b'],
    ['external, a pod at the load balancer', outside, 'shop/client-c', BALANCER, 80, 'web-a web-b'],
    ['external, a node at the load balancer', outside, 'node/c', BALANCER, 80, 'web-a web-b'],
    ['external, a node at its own node port', outside, 'node/c', nodeIp('c'), NODE_PORT, 'web-a web-b'],
    ['external, a node at the port of another', outside, 'node/a', nodeIp('c'), NODE_PORT, 'no-local-endpoints'],
  ])('%s', (_case, service, from, to, port, answer) => {
    for (const profile of [{}, nft]) expect(told(ask([...pods, service], { from, to, port }, profile))).toBe(answer);
  });

  test('SVC-05: Cluster and Local fall back to what is being deleted each by itself', () => {
    const service = open({ externalTrafficPolicy: 'Local' });
    const manifests = [pods[0], dying(pods[1]), service];
    expect(told(ask(manifests, { from: OUTSIDE, to: nodeIp('b'), port: NODE_PORT }))).toBe('web-b');
    expect(told(ask(manifests, { from: POD, to: VIP }))).toBe('web-a');
    expect(told(ask([dying(pods[0]), dying(pods[1]), service], { from: POD, to: VIP }))).toBe('web-a web-b');
  });

  test('SVC-16: an external policy means nothing without a way in from outside', () => {
    expect(told(ask([...pods, web({ externalTrafficPolicy: 'Local' })], { from: 'shop/client-c', to: VIP }))).toBe(
      'web-a web-b',
    );
  });

  test("with IPVS they may use other nodes' endpoints", () => {
    expect(told(ask([...pods, inside], { from: POD, to: VIP }, ipvs))).toBe('unknown SVC-33');
    expect(told(ask([...pods, outside], { from: POD, to: BALANCER }, ipvs))).toBe('unknown SVC-33');
    expect(told(ask([...pods, outside], { from: POD, to: VIP }, ipvs))).toBe('web-a web-b');
  });

  test('zero endpoints anywhere are rejected, not dropped', () => {
    expect(told(ask([inside], { from: POD, to: VIP }))).toBe('selects-nothing');
  });
});

describe('SVC-15: whom endpoints see', () => {
  const cluster = open();
  const local = open({ externalTrafficPolicy: 'Local' });
  const only = [pods[1]];

  test.each([
    ['a pod at a ClusterIP: itself', cluster, POD, VIP, 80, ['self']],
    ['a pod that meets itself: its node', cluster, 'shop/web-b', VIP, 80, ['b']],
    ['a node at a ClusterIP: the node', cluster, 'node/a', VIP, 80, ['a']],
    ['outside at a ClusterIP: the node of entry', cluster, OUTSIDE, VIP, 80, ['c']],
    ['outside at a node port: that node', cluster, OUTSIDE, nodeIp('a'), NODE_PORT, ['a']],
    ['a pod at a node port: that node', cluster, POD, nodeIp('b'), NODE_PORT, ['b']],
    ['a pod at a load balancer: its own node', cluster, POD, BALANCER, 80, ['a']],
    ['outside with Local: itself', local, OUTSIDE, nodeIp('b'), NODE_PORT, ['self']],
    ['a pod at a load balancer with Local: itself', local, POD, BALANCER, 80, ['self']],
  ])('%s', (_case, service, from, to, port, seen) => {
    const via = from === OUTSIDE && to === VIP ? 'c' : undefined;
    for (const profile of [{}, nft])
      expect(seenBy(ask([...only, service], { from, to, port, via }, profile))).toEqual(seen);
  });

  test('masqueradeAll: a pod at a ClusterIP too, but not at others', () => {
    const profile = { kubeProxy: { masqueradeAll: true } };
    expect(seenBy(ask([...only, local], { from: POD, to: VIP }, profile))).toEqual(['a']);
    expect(seenBy(ask([...only, local], { from: POD, to: BALANCER }, profile))).toEqual(['self']);
  });

  test('a hostNetwork pod on the node that forwards sees the client', () => {
    const host = podOn('b', 'host', 0, { labels: { app: 'web' }, hostNetwork: true, ports: [{ containerPort: 8080 }] });
    expect(seenBy(ask([host, cluster], { from: OUTSIDE, to: nodeIp('b'), port: NODE_PORT }))).toEqual(['self']);
    expect(seenBy(ask([host, cluster], { from: OUTSIDE, to: nodeIp('a'), port: NODE_PORT }))).toEqual(['a']);
  });
});

describe('SVC-15: replies', () => {
  const local = open({ externalTrafficPolicy: 'Local' });

  test('that do not pass the node which translated are lost', () => {
    const question = { from: POD, to: nodeIp('b'), port: NODE_PORT };
    expect(told(ask([...pods, webOn('c', 'web-c', 12), local], question))).toBe('partly web-b');
    expect(told(ask([webOn('c', 'web-c', 12), local], question))).toBe('reply-lost');
  });

  test('of an endpoint that a slice places on another node than its own are lost', () => {
    const elsewhere = slice([{ addresses: ['10.244.1.11'], nodeName: 'a' }]);
    const byHand = open({ externalTrafficPolicy: 'Local', selector: undefined });
    for (const from of [OUTSIDE, 'node/c']) {
      const question = { from, to: nodeIp('a'), port: NODE_PORT };
      expect(told(ask([...pods, elsewhere, byHand], question))).toBe('reply-lost');
    }
  });

  test('to a pod that meets itself are lost in nftables where the slice names no node', () => {
    const manifests = [pods[0], slice([{ addresses: ['10.244.0.10'] }]), web({ selector: undefined })];
    expect(told(ask(manifests, { from: 'shop/web-a', to: VIP }))).toBe('web-a');
    expect(told(ask(manifests, { from: 'shop/web-a', to: VIP }, nft))).toBe('reply-lost');
  });
});

describe('SVC-25: topology', () => {
  const all = [...pods, webOn('c', 'web-c', 12)];
  const zone = web({ trafficDistribution: 'PreferClose' });
  const node = web({ trafficDistribution: 'PreferSameNode' });
  const auto = {
    ...web(),
    metadata: { name: 'web', namespace: 'shop', annotations: { 'service.kubernetes.io/topology-mode': 'Auto' } },
  };
  const hinted = (hints: readonly (object | undefined)[]) =>
    ['10.244.0.10', '10.244.1.11', '10.244.2.12'].map((address, i) => ({ addresses: [address], hints: hints[i] }));
  const forZone = (name: string) => ({ forZones: [{ name }] });
  const forNode = (name: string) => ({ forNodes: [{ name }] });

  test.each([
    ['the same zone', [...all, zone], 'shop/client-a', 'web-a web-b'],
    ['the other zone', [...all, zone], 'shop/client-c', 'web-c'],
    ['a zone without endpoints uses all', [...pods, zone], 'shop/client-c', 'web-a web-b'],
    ['the same node', [...all, node], 'shop/client-b', 'web-b'],
    ['no endpoint on the node: its zone', [pods[0], webOn('c', 'web-c', 12), node], 'shop/client-b', 'web-a'],
    ['nor in the zone: all', [...pods, node], 'shop/client-c', 'web-a web-b'],
    ['one that is being deleted is never preferred', [dying(pods[0]), pods[1], node], 'shop/client-a', 'web-b'],
  ])('%s', (_case, manifests, from, answer) => {
    expect(told(ask(manifests, { from, to: VIP }))).toBe(answer);
  });

  test.each([
    ['all have hints', [forZone('z1'), forZone('z2'), forZone('z2')], 'web-a'],
    ['one lacks them', [forZone('z1'), undefined, forZone('z2')], 'web-a web-b web-c'],
    ['none is for this zone', [forZone('z8'), forZone('z9'), forZone('z9')], 'web-a web-b web-c'],
    ['for nodes, a foreign one', [forNode('b'), forNode('a'), forNode('c')], 'web-b'],
    ['for nodes, and one lacks them', [forNode('a'), undefined, forNode('c')], 'web-a web-b web-c'],
    ['for nodes, and none is this one', [forNode('b'), forNode('c'), forNode('x')], 'web-a web-b web-c'],
  ])('hints made by hand: %s', (_case, hints, answer) => {
    expect(told(ask([...all, slice(hinted(hints)), web({ selector: undefined })], { from: POD, to: VIP }))).toBe(
      answer,
    );
  });

  test('Local policies go before it', () => {
    const local = web({ trafficDistribution: 'PreferSameZone', internalTrafficPolicy: 'Local' });
    expect(told(ask([...all, local], { from: POD, to: VIP }))).toBe('web-a');
  });

  test('it steers what comes to a node port by the node that receives it', () => {
    const ports = [{ port: 80, targetPort: 8080, nodePort: NODE_PORT }];
    const service = web({ type: 'NodePort', ports, trafficDistribution: 'PreferSameZone' });
    expect(told(ask([...all, service], { from: POD, to: nodeIp('c'), port: NODE_PORT }))).toBe('web-c');
  });

  test('what topology-mode Auto does is seen in the slices, or open; open is not what all endpoints agree on', () => {
    const shut = policy('shut', { podSelector: { matchLabels: { app: 'web' } }, ingress: [] });
    expect(told(ask([...all, auto], { from: POD, to: VIP }))).toBe('web-a web-b web-c');
    expect(told(ask([...all, auto, shut], { from: POD, to: VIP }))).toBe('denied');
    const b = podOn('b', 'web-b', 11, { labels: { app: 'web', which: 'b' } });
    const shutB = policy('shut', { podSelector: { matchLabels: { which: 'b' } }, ingress: [] });
    expect(told(ask([pods[0], b, auto, shutB], { from: POD, to: VIP }))).toBe('unknown SVC-25');
    const own = {
      'kubernetes.io/service-name': 'web',
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
    };
    const seen = slice(hinted([forZone('z1'), forZone('z2')]).slice(0, 2), undefined, own);
    expect(told(ask([pods[0], b, auto, shutB, seen], { from: POD, to: VIP }))).toBe('web-a');
  });
});
