import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { Network } from '../../../lib/model/network';
import { deployment, policy, service } from '../../support/manifests';

const shop = [
  deployment('web', { labels: { app: 'web' } }),
  deployment('api', { labels: { app: 'api' } }),
  service('api', { selector: { app: 'api' }, ports: [{ port: 80 }] }),
];
const dns = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } };
const DNS_PORTS = [
  { port: 53, protocol: 'UDP' },
  { port: 53, protocol: 'TCP' },
];
const toDnsPods = policy('dns', {
  podSelector: { matchLabels: { app: 'web' } },
  policyTypes: ['Egress'],
  egress: [{ to: [{ ...dns, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }], ports: DNS_PORTS }],
});
const toBlock = (cidr: string) =>
  policy('cache', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Egress'],
    egress: [{ to: [{ ipBlock: { cidr } }], ports: DNS_PORTS }],
  });
const ofServers = (egress: readonly object[]) =>
  policy('servers', { podSelector: {}, policyTypes: ['Egress'], egress }, 'kube-system');
const apiServer = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
  addressType: 'IPv4',
  endpoints: [{ addresses: ['203.0.113.1'] }],
  ports: [{ name: 'https', port: 6443 }],
};

function lookupOf(manifests: readonly object[], profile: ClusterProfileSpec = {}) {
  const network = Network.from([...shop, ...manifests], profile);
  return network.reach({ from: 'shop/web', to: 'service/shop/api', port: 80 }).pairs[0].hops[0];
}

describe('the lookup needs three things at once (DNS-28)', () => {
  test('SVC-15: with masqueradeAll what lets clients in may not let in the node that stands for them', () => {
    const clients = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } };
    const onlyShop = policy('only-shop', { podSelector: {}, ingress: [{ from: [clients] }] }, 'kube-system');
    expect(lookupOf([onlyShop])).toMatchObject({ decision: 'passes' });
    expect(lookupOf([onlyShop], { kubeProxy: { masqueradeAll: true } })).toMatchObject({ decision: 'unknown' });
    expect(lookupOf([], { kubeProxy: { masqueradeAll: true } })).toMatchObject({ decision: 'passes' });
  });

  test('the way out of the client', () => {
    const shut = policy('shut', { podSelector: {}, policyTypes: ['Egress'] });
    expect(lookupOf([shut])).toMatchObject({ decision: 'stops', problem: 'denied-by-policy' });
  });

  test('the way into the DNS pods', () => {
    const shut = policy('shut', { podSelector: {}, policyTypes: ['Ingress'] }, 'kube-system');
    expect(lookupOf([shut])).toMatchObject({ decision: 'stops', problem: 'denied-by-policy' });
  });

  test.each([
    ['nothing at all', [], 'stops'],
    ['the Service port of the API server (NP-41)', [{ ports: [{ port: 443 }] }], 'stops'],
    ['the API server', [{ to: [{ ipBlock: { cidr: '203.0.113.1/32' } }], ports: [{ port: 6443 }] }], 'passes'],
  ])('the way of the DNS pods to the API server: open to %s', (_name, egress, decision) => {
    expect(lookupOf([ofServers(egress), apiServer])).toMatchObject({
      decision,
      ...(decision === 'stops' ? { problem: 'server-needs', ways: [{ decision: 'stops', traffic: '6443/TCP' }] } : {}),
    });
  });

  test.each([
    ['nobody knows where the API server is', [], 'unknown'],
    ['everything is open', [{}], 'passes'],
  ])('where no manifest has the API server: %s', (_name, egress, decision) => {
    expect(lookupOf([ofServers(egress)])).toMatchObject({ decision });
  });

  test('for names outside, the way of the DNS pods to other servers', () => {
    const outside = (...manifests: object[]) => {
      const network = Network.from([...shop, ...manifests]);
      return network.lookup(network.cluster.podsIn('shop')[0], 'www.example.com');
    };
    expect(outside()).toMatchObject({ decision: 'passes' });
    expect(outside(ofServers([{ ports: [{ port: 6443 }, { port: 443 }] }]))).toMatchObject({
      decision: 'unknown',
      problem: 'server-needs',
      doubts: [{ rule: 'DNS-28' }],
    });
    expect(outside(ofServers([{ ports: [...DNS_PORTS, { port: 6443 }, { port: 443 }] }])).decision).toBe('passes');
  });
});

describe('NodeLocal DNSCache (DNS-27)', () => {
  const nodeLocal: ClusterProfileSpec = { dns: { nodeLocal: true } };

  test('is none of the DNS pods: a rule about these does not let lookups out to it', () => {
    expect(lookupOf([toDnsPods])).toMatchObject({ decision: 'passes' });
    expect(lookupOf([toDnsPods], nodeLocal)).toMatchObject({
      decision: 'stops',
      server: 'NodeLocal DNSCache at 169.254.20.10',
    });
  });

  test('is let in by a rule about its address', () => {
    expect(lookupOf([toBlock('169.254.20.10/32')], nodeLocal)).toMatchObject({ decision: 'passes' });
    expect(lookupOf([toBlock('169.254.25.10/32')], { dns: { nodeLocal: '169.254.25.10' } })).toMatchObject({
      decision: 'passes',
    });
  });

  test('asks the DNS pods as a node does, which a rule about pods does not let in (NP-29)', () => {
    const fromPods = policy(
      'pods',
      { podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] },
      'kube-system',
    );
    expect(lookupOf([fromPods])).toMatchObject({ decision: 'passes' });
    expect(lookupOf([fromPods], nodeLocal)).toMatchObject({ decision: 'unknown', problem: 'denied-by-policy' });
    const fromAll = policy('all', { podSelector: {}, ingress: [{}] }, 'kube-system');
    expect(lookupOf([fromAll], nodeLocal)).toMatchObject({ decision: 'passes' });
  });

  test('is no address outside the cluster for Cilium, so that a block may miss it (NP-17)', () => {
    expect(lookupOf([toBlock('169.254.20.10/32')], { ...nodeLocal, cni: 'cilium' })).toMatchObject({
      decision: 'unknown',
    });
    // Even where blocks never match nodes: Cilium may take the address for the world's, by the order in which the two start.
    const cni: ClusterProfileSpec['cni'] = { name: 'cilium', policyCidrMatchMode: [] };
    expect(lookupOf([toBlock('169.254.20.10/32')], { ...nodeLocal, cni })).toMatchObject({ decision: 'unknown' });
    expect(lookupOf([toBlock('10.0.0.0/8')], { ...nodeLocal, cni })).toMatchObject({ decision: 'stops' });
  });
});

describe('what the resolver makes of the name', () => {
  const web = (spec: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { containers: [{ name: 'web', image: 'web' }], ...spec },
  });
  const lookupWith = (spec: object, ...manifests: object[]) => {
    const network = Network.from([web(spec), ...shop.slice(1), ...manifests]);
    return network.reach({ from: 'shop/web', to: 'service/shop/api', port: 80 }).pairs[0].hops[0];
  };
  const kubeDns = service(
    'kube-dns',
    {
      clusterIP: '10.96.0.10',
      selector: { 'k8s-app': 'kube-dns' },
      ports: DNS_PORTS.map((port, i) => ({ ...port, name: `dns-${i}` })),
    },
    'kube-system',
  );

  test('a headless Service without a ready pod has no name (DNS-05)', () => {
    const none = service('none', { clusterIP: 'None', selector: { app: 'none' }, ports: [{ port: 80 }] });
    const network = Network.from([...shop, none]);
    expect(network.reach({ from: 'shop/web', to: 'service/shop/none', port: 80 })).toMatchObject({
      outcome: 'denied',
      pairs: [{ hops: [{ decision: 'stops', problem: 'no-such-name' }, {}] }],
    });
  });

  test('dnsPolicy None with the address of the cluster’s DNS asks the cluster’s DNS (DNS-20)', () => {
    const dnsConfig = { nameservers: ['10.96.0.10'] };
    expect(
      lookupWith(
        { dnsPolicy: 'None', dnsConfig },
        kubeDns,
        deployment('dns', { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }),
      ),
    ).toMatchObject({ decision: 'passes' });
    expect(lookupWith({ dnsPolicy: 'None', dnsConfig: { nameservers: ['192.0.2.53'] } })).toMatchObject({
      decision: 'unknown',
      problem: 'custom-dns',
    });
  });

  test('a second nameserver may answer first, for musl (DNS-21)', () => {
    expect(lookupWith({ dnsConfig: { nameservers: ['192.0.2.53'] } })).toMatchObject({
      decision: 'unknown',
      problem: 'unresolved',
      doubts: [{ rule: 'DNS-21' }, { rule: 'DNS-21' }],
    });
  });

  test('an external name that a Service captures is not looked up outside (DNS-23)', () => {
    const network = Network.from([...shop, service('example', { ports: [{ port: 80 }] }, 'com')]);
    const from = network.cluster.podsIn('shop')[0];
    expect(network.lookupOutside(from, 'example.com')).toMatchObject({ decision: 'unknown', problem: 'captured' });
    expect(network.lookupOutside(from, 'example.com.').decision).toBe('passes');
  });
});
