import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { policy } from '../../support/manifests';
import { ask, BALANCER, dying, NODE_PORT, nodeIp, open, podOn, seenBy, told, web } from './lab';

const webOn = (node: 'a' | 'b' | 'c', name: string, host: number) =>
  podOn(node, name, host, { labels: { app: 'web' } });
const pods = [webOn('a', 'web-a', 10), webOn('b', 'web-b', 11)];
const onB = [pods[1]];
const POD = 'shop/client-a';
const OUTSIDE = '203.0.113.10';
const VIP = '10.96.0.9';
const EXTERNAL_IP = '198.18.1.1';

const calico: ClusterProfileSpec = { cni: { name: 'calico', dataplane: 'eBPF' } };
const cilium: ClusterProfileSpec = {
  cni: { name: 'cilium', kubeProxyReplacement: true, policyCidrMatchMode: ['nodes'] },
};
const plugins = [
  ['Calico with eBPF', calico],
  ['Cilium without kube-proxy', cilium],
] as const;

const serves = { podSelector: { matchLabels: { app: 'web' } } };
const letsIn = (...from: readonly object[]) => policy('in', { ...serves, ingress: [{ from }] });
const letsOut = (to: readonly object[], port: number) =>
  policy('out', {
    podSelector: { matchLabels: { app: 'client-a' } },
    policyTypes: ['Egress'],
    egress: [{ to, ports: [{ port }] }],
  });
const client = { podSelector: { matchLabels: { app: 'client-a' } } };
const block = (cidr: string) => ({ ipBlock: { cidr } });
const PORTS = [{ port: 80, targetPort: 8080, nodePort: NODE_PORT, protocol: 'TCP' }];
const nodesAndClient = letsIn(block('192.168.77.0/24'), block(`${OUTSIDE}/32`));

describe.each(plugins)('on %s, which does the work of kube-proxy,', (_plugin, profile) => {
  const answer = (manifests: readonly object[], question: Parameters<typeof ask>[1]) =>
    told(ask(manifests, question, profile));

  test.each([
    ['NP-19: pods get to ready endpoints by a ClusterIP', [], VIP, 80, 'web-a web-b'],
    ['NP-19: policies of the client see the pod and its port', [letsOut([serves], 8080)], VIP, 80, 'web-a web-b'],
    ['NP-19: and not the port of the Service', [letsOut([serves], 80)], VIP, 80, 'denied'],
    ['SVC-15: policies of the endpoint see the client', [letsIn(client)], VIP, 80, 'web-a web-b'],
    ['SVC-15: and no other', [letsIn(block('192.168.77.0/24'))], VIP, 80, 'denied'],
    ['SVC-10: other ports of the Service are not served', [], VIP, 81, 'left-cluster'],
    ['SVC-18: a load balancer leads to all of them', [], BALANCER, 80, 'web-a web-b'],
    ['SVC-20: as does the port of a node', [], nodeIp('b'), NODE_PORT, 'web-a web-b'],
    ['SVC-23: who serves externalIPs to pods nobody knows', [], EXTERNAL_IP, 80, 'unknown SVC-23'],
  ] as const)('%s', (_case, policies, to, port, expected) => {
    expect(answer([...pods, open(), ...policies], { from: POD, to, port })).toBe(expected);
  });

  test('SVC-12: where no endpoint is there, nobody answers', () => {
    expect(answer([open()], { from: POD, to: VIP })).toBe('selects-nothing');
    expect(answer([open()], { from: OUTSIDE, to: nodeIp('a'), port: NODE_PORT })).toBe('selects-nothing');
  });

  test.each([
    ['SVC-15: whoever is seen, if everybody is let in', letsIn(block('0.0.0.0/0')), 'web-b'],
    ['NP-29: nobody knows, if nodes are by their own address alone', nodesAndClient, 'unknown SVC-15'],
    ['SVC-15: nobody knows, if the client alone is', letsIn(block(`${OUTSIDE}/32`)), 'unknown SVC-15'],
    ['SVC-15: nobody knows, if nodes alone are', letsIn(block('192.168.77.0/24')), 'unknown SVC-15'],
    ['NP-39: nobody, if neither is', letsIn(client), 'denied'],
  ])('%s behind the port of a node that has no endpoint', (_case, shut, expected) => {
    const through = { from: OUTSIDE, to: nodeIp('a'), port: NODE_PORT };
    expect(answer([...onB, open(), shut], through)).toBe(expected);
    expect(answer([...onB, open(), shut], { from: OUTSIDE, to: BALANCER, via: 'node/a' })).toBe(expected);
  });

  test('SVC-15: of no node is it told that it puts its address in place', () => {
    const verdict = ask([...onB, open()], { from: OUTSIDE, to: nodeIp('a'), port: NODE_PORT }, profile);
    expect(seenBy(verdict)).toEqual(['self']);
  });

  test('SVC-14: a Local policy keeps clients outside to the node, and shows them to policies', () => {
    const manifests = [...onB, open({ externalTrafficPolicy: 'Local' }), letsIn(block(`${OUTSIDE}/32`))];
    const at = (node: 'a' | 'b') => ({ from: OUTSIDE, to: nodeIp(node), port: NODE_PORT });
    expect(answer(manifests, at('b'))).toBe('web-b');
    expect(answer(manifests, at('a'))).toBe('no-local-endpoints');
  });

  test.each([
    ['SVC-13: internalTrafficPolicy Local', { internalTrafficPolicy: 'Local' }, VIP, 80, 'unknown SVC-13'],
    ['SVC-13: Local at a load balancer', { externalTrafficPolicy: 'Local' }, BALANCER, 80, 'unknown SVC-13'],
    ['SVC-13: Local at a node', { externalTrafficPolicy: 'Local' }, nodeIp('a'), NODE_PORT, 'unknown SVC-13'],
    ['SVC-17: ranges', { loadBalancerSourceRanges: ['203.0.113.0/24'] }, BALANCER, 80, 'unknown SVC-17'],
    ['SVC-25: topology', { trafficDistribution: 'PreferSameNode' }, VIP, 80, 'web-a web-b'],
    ['NP-09: SCTP', { ports: [{ ...PORTS[0], protocol: 'SCTP' }] }, VIP, 80, 'unknown NP-09'],
  ])('%s from a pod', (_case, spec, to, port, expected) => {
    const protocol = _case.includes('SCTP') ? 'SCTP' : 'TCP';
    expect(answer([...pods, open(spec)], { from: POD, to, port, protocol })).toBe(expected);
  });

  test.each([
    ['SVC-17: a client within the ranges', OUTSIDE, 'web-b'],
    ['SVC-17: another', '203.0.114.1', 'unknown SVC-17'],
  ])('%s of a load balancer', (_case, from, expected) => {
    const manifests = [...onB, open({ loadBalancerSourceRanges: ['203.0.113.0/24'] })];
    expect(answer(manifests, { from, to: BALANCER, via: 'node/b' })).toBe(expected);
  });

  test('SVC-15: a ClusterIP may be shut to clients outside, even by a node', () => {
    expect(answer([...pods, open()], { from: OUTSIDE, to: VIP, via: 'node/a' })).toBe('unknown SVC-15');
  });

  test('SVC-20: egress to the port of another node is judged before the translation, or after', () => {
    const question = { from: POD, to: nodeIp('b'), port: NODE_PORT };
    const toNode = block('192.168.77.11/32');
    expect(answer([...pods, open(), letsOut([serves], 8080)], question)).toBe('unknown SVC-20');
    expect(answer([...pods, open(), letsOut([toNode], NODE_PORT)], question)).toMatch(/^unknown/);
    expect(answer([...pods, open(), letsOut([serves], 80)], question)).toBe('denied');
  });

  test('SVC-20: a node may have node ports at its loopback', () => {
    expect(answer([...pods, open()], { from: 'node/a', to: '127.0.0.1', port: NODE_PORT })).toBe('unknown SVC-20');
  });

  test('SVC-20: the `kubeProxy` of the profile is nobody’s', () => {
    const unread = { ...profile, kubeProxy: { nodePortAddresses: '10.0.0.0/8' } };
    expect(told(ask([...pods, open()], { from: OUTSIDE, to: nodeIp('a'), port: NODE_PORT }, unread))).toBe(
      'web-a web-b',
    );
  });

  test('SVC-15: nor does its `masqueradeAll` put a node in place of a pod', () => {
    const masked = { ...profile, kubeProxy: { masqueradeAll: true } };
    expect(told(ask([...pods, open(), letsIn(client)], { from: POD, to: VIP }, masked))).toBe('web-a web-b');
  });

  test('SVC-25: hints decide among endpoints, which matters where policies tell them apart', () => {
    const onlyA = policy('in', {
      podSelector: { matchLabels: { app: 'web', which: 'b' } },
      ingress: [],
    });
    const labelled = podOn('b', 'web-b', 11, { labels: { app: 'web', which: 'b' } });
    const manifests = [pods[0], labelled, open({ trafficDistribution: 'PreferSameNode' }), onlyA];
    expect(answer(manifests, { from: POD, to: VIP })).toBe('unknown SVC-25');
  });

  test('SVC-05: whether endpoints that are being deleted serve nobody knows', () => {
    expect(answer([...onB.map(dying), web()], { from: POD, to: VIP })).toBe('unknown SVC-05');
  });

  test('SVC-33: annotations of the plugin change what a Service is', () => {
    const made = web() as { readonly metadata: object };
    const annotations = { 'service.cilium.io/type': 'LoadBalancer' };
    const manifests = [...pods, { ...made, metadata: { ...made.metadata, annotations } }];
    expect(answer(manifests, { from: POD, to: VIP })).toBe('unknown SVC-33');
    expect(answer(manifests, { from: POD, to: 'service/shop/web', by: 'service' })).toBe('unknown SVC-33');
  });

  test('NP-32: a pod that meets itself is let through where no policy keeps it out', () => {
    const itself = { from: 'shop/web-b', to: VIP };
    expect(answer([...onB, web()], itself)).toBe('web-b');
    expect(answer([...onB, web(), letsIn(client)], itself)).toBe('unknown NP-32');
  });
});
