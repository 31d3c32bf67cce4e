import { Network } from '../../../lib/model/network';
import { deployment, dnsRule, ns, pod, policy, service } from '../../support/manifests';

const api = deployment('api', {
  ports: [
    { name: 'http', containerPort: 8080 },
    { name: 'peer', containerPort: 9000, protocol: 'UDP' },
  ],
});
const web = deployment('web');
const named = { selector: { app: 'api' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] };

function ask(to: string, port: number | string, manifests: readonly object[], options: object = {}) {
  return Network.from([ns('shop'), web, api, ...manifests]).reach({ from: 'shop/web', to, port, ...options });
}

function serviceProblem(
  spec: object,
  port: number | string,
  more: readonly object[] = [],
  options: object = {},
): string | undefined {
  const verdict = ask('service/shop/api', port, [service('api', spec), ...more], options);
  const hop = verdict.pairs[0].hops.find((h) => h.hop === 'service');
  return hop?.hop === 'service' ? hop.problem : undefined;
}

describe('Services', () => {
  test('SVC-01: targetPort and protocol default to the port and TCP', () => {
    const minimal = { selector: { app: 'api' }, ports: [{ port: 8080 }] };
    const { pairs } = ask('service/shop/api', 8080, [service('api', minimal)]);
    expect(pairs[0].hops.at(-1)).toMatchObject({ traffic: '8080/TCP' });
  });

  test('SVC-02: an empty selector selects nothing', () => {
    expect(serviceProblem({ selector: {}, ports: [{ port: 80 }] }, 80)).toBe('no-selector');
  });

  test('SVC-03: endpoints are of the same namespace and not finished', () => {
    const elsewhere = deployment('api', { namespace: 'other' });
    const done = pod('shop/done', { labels: { app: 'only-done' }, phase: 'Failed' });
    expect(ask('service/shop/api', 80, [service('api', named), elsewhere]).endpoints).toEqual(['shop/api[Deployment]']);
    expect(serviceProblem({ selector: { app: 'only-done' }, ports: [{ port: 80 }] }, 80, [done])).toBe(
      'selects-nothing',
    );
  });

  test('SVC-03: a Service for one pod of a StatefulSet has that pod behind it', () => {
    const set = { ...(deployment('db') as object), kind: 'StatefulSet' };
    const spec = { selector: { 'statefulset.kubernetes.io/pod-name': 'db-0' }, ports: [{ port: 5432 }] };
    expect(ask('service/shop/api', 5432, [set, service('api', spec)]).endpoints).toEqual(['shop/db[StatefulSet]']);
  });

  test('SVC-04: a pod that is not ready is no endpoint unless the Service says so', () => {
    const notReady = {
      ...pod('shop/lazy', { labels: { app: 'lazy' } }),
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] },
    };
    const lazy = { selector: { app: 'lazy' }, ports: [{ port: 80 }] };
    expect(serviceProblem(lazy, 80, [notReady])).toBe('no-endpoints');
    expect(serviceProblem({ ...lazy, publishNotReadyAddresses: true }, 80, [notReady])).toBeUndefined();
  });

  test('SVC-05: a pod that is being deleted serves while nothing is ready', () => {
    const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
    const old = pod('shop/old', { labels: { app: 'going' } }) as { metadata: object };
    const going = { ...old, metadata: { ...old.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' }, status };
    const spec = { selector: { app: 'going' }, ports: [{ port: 80 }] };
    const endpoints = (more: object[]) => ask('service/shop/api', 80, [service('api', spec), going, ...more]).endpoints;
    expect(endpoints([])).toEqual(['shop/old']);
    expect(endpoints([pod('shop/new', { labels: { app: 'going' } })])).toEqual(['shop/new']);
  });

  test('SVC-06: a numeric targetPort needs no container port', () => {
    const { outcome, pairs } = ask('service/shop/api', 80, [
      service('api', { selector: { app: 'api' }, ports: [{ port: 80, targetPort: 9999 }] }),
    ]);
    expect([outcome, pairs[0].hops.at(-1)]).toMatchObject(['allowed', { traffic: '9999/TCP' }]);
  });

  test('SVC-07: a named targetPort is found by name and protocol', () => {
    expect(serviceProblem(named, 80)).toBeUndefined();
    expect(serviceProblem({ ...named, ports: [{ port: 80, targetPort: 'peer' }] }, 80)).toBe('target-port-missing');
  });

  test('SVC-07: pods that lack the name leave the others as endpoints', () => {
    const old = deployment('old', {
      labels: { app: 'api', version: 'old' },
      ports: [{ name: 'web', containerPort: 80 }],
    });
    expect(ask('service/shop/api', 80, [old, service('api', named)]).endpoints).toEqual(['shop/api[Deployment]']);
  });

  describe('SVC-08: a slice made by hand', () => {
    const slice = (port: object, labels: object = { 'kubernetes.io/service-name': 'api' }) => ({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'api-1', namespace: 'shop', labels },
      addressType: 'IPv4',
      ports: [port],
      endpoints: [{ addresses: ['192.0.2.50'] }],
    });
    const bare = service('api', { ports: [{ name: 'http', port: 80, targetPort: 9999 }] });
    const reach = (...manifests: object[]) => ask('service/shop/api', 80, [bare, ...manifests]);

    test('joins by port name and protocol, with its own number', () => {
      const { outcome, pairs } = reach(slice({ name: 'http', port: 8443, protocol: 'TCP' }));
      expect([outcome, pairs[0].to]).toEqual(['allowed', '192.0.2.50']);
      expect(pairs[0].hops.at(-1)).toMatchObject({ traffic: '8443/TCP' });
    });

    test.each([
      ['without the name', slice({ port: 8443 })],
      ['of another protocol', slice({ name: 'http', port: 8443, protocol: 'UDP' })],
      ['without the label', slice({ name: 'http', port: 8443 }, {})],
    ])('%s serves nobody', (_, other) => {
      expect(reach(other)).toMatchObject({ outcome: 'denied' });
    });
  });

  test('NP-20: a rule for the address of the Service itself leaves it unknown whether the packet gets out', () => {
    const fixed = service('api', { ...named, clusterIP: '10.96.7.7' });
    const toBlock = policy('p', {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '10.96.0.0/12' } }] }],
    });
    const network = Network.from([web, api, fixed, toBlock], { podCidr: '10.244.0.0/16' });
    const verdict = network.reach({ from: 'shop/web', to: 'service/shop/api', port: 80, by: 'service' });
    expect(verdict).toMatchObject({ outcome: 'unknown', pairs: [{ doubts: [{ rule: 'NP-20' }] }] });
    expect(network.reach({ from: 'shop/web', to: 'shop/api', port: 8080 }).outcome).toBe('denied');
  });

  test('NP-19: a rule for the Service port lets nothing out, for the packet bears the container port', () => {
    const toPort = policy('p', {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [{ ports: [{ port: 80 }] }],
    });
    const network = Network.from([web, api, service('api', named), toPort], { serviceCidr: '10.96.0.0/12' });
    expect(network.reach({ from: 'shop/web', to: 'service/shop/api', port: 80, by: 'service' }).outcome).toBe('denied');
  });

  test('SVC-10, SVC-11: another port, or another protocol, is not served', () => {
    expect(serviceProblem(named, 8080)).toBe('no-such-port');
    expect(serviceProblem(named, 80, [], { protocol: 'UDP' })).toBe('no-such-port');
  });

  test('SVC-12: no endpoints, no connection', () => {
    expect(serviceProblem({ ...named, selector: { app: 'nobody' } }, 80)).toBe('selects-nothing');
  });

  test('SVC-21: a headless Service translates no port', () => {
    const headless = { ...named, clusterIP: 'None' };
    expect(serviceProblem(headless, 80)).toBe('headless-port');
    expect(ask('service/shop/api', 8080, [service('api', headless)]).outcome).toBe('allowed');
  });

  test('SVC-28: one endpoint that policy shuts makes the Service partial', () => {
    const second = deployment('api2', {
      labels: { app: 'api', v: '2' },
      ports: [{ name: 'http', containerPort: 8080 }],
    });
    const shut = policy('shut', { podSelector: { matchLabels: { v: '2' } }, policyTypes: ['Ingress'] });
    const verdict = ask('service/shop/api', 80, [second, shut, service('api', named)]);
    expect([verdict.outcome, verdict.endpoints]).toEqual(['partial', ['shop/api[Deployment]']]);
  });

  test('SVC-30: other namespaces reach it too', () => {
    const far = deployment('far', { namespace: 'other' });
    expect(
      Network.from([far, api, service('api', named)]).reach({ from: 'other/far', to: 'service/shop/api', port: 80 })
        .outcome,
    ).toBe('allowed');
  });

  test('NP-32: a pod that reaches itself through a Service under a policy is unknown', () => {
    const self = pod('shop/self', { ip: '10.0.0.9', ports: [{ containerPort: 80 }] });
    const deny = policy('deny', { podSelector: { matchLabels: { app: 'self' } }, policyTypes: ['Ingress'] });
    const network = Network.from([self, deny, service('self', { selector: { app: 'self' }, ports: [{ port: 80 }] })]);
    expect(network.reach({ from: 'shop/self', to: 'service/shop/self', port: 80, by: 'service' }).outcome).toBe(
      'unknown',
    );
    expect(network.reach({ from: 'shop/self', to: 'shop/self', port: 80 }).outcome).toBe('allowed');
  });

  test('NP-39: behind a LoadBalancer with Cluster policies see a node, with Local the client', () => {
    const clients = policy('clients', {
      podSelector: { matchLabels: { app: 'api' } },
      ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }],
    });
    const balancer = (policyName: string) =>
      service('edge', { ...named, type: 'LoadBalancer', externalTrafficPolicy: policyName });
    const from = (externalTrafficPolicy: string) =>
      Network.from([api, clients, balancer(externalTrafficPolicy)]).reach({
        from: '203.0.113.5',
        to: 'service/shop/edge',
        port: 80,
      }).outcome;
    expect([from('Cluster'), from('Local')]).toEqual(['unknown', 'allowed']);
  });

  test('by name, a workload needs exactly one Service', () => {
    const two = [service('one', named), service('two', named)];
    const verdict = ask('shop/api', 80, two, { by: 'name' });
    expect(verdict.pairs[0].hops[0]).toMatchObject({ problem: 'ambiguous' });
    expect(ask('shop/api', 80, [], { by: 'name' }).pairs[0].hops[0]).toMatchObject({ problem: 'no-service' });
    expect(ask('shop/api', 80, [two[0]], { by: 'name' }).outcome).toBe('allowed');
  });
});

describe('the lookup', () => {
  const denyEgress = policy('deny-egress', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: {} }] }],
  });
  const allowDns = policy('dns', { podSelector: {}, policyTypes: ['Egress'], egress: [dnsRule] });
  const lookupOf = (...manifests: object[]) =>
    ask('service/shop/api', 80, [service('api', named), ...manifests]).pairs[0].hops[0];

  test('DNS-18: asks the cluster DNS for the full name', () => {
    expect(lookupOf()).toMatchObject({ hop: 'lookup', decision: 'passes', name: 'api.shop.svc.cluster.local' });
  });

  test('DNS-29: stops where egress forgets DNS, and passes with UDP and TCP to the DNS pods', () => {
    expect(lookupOf(denyEgress)).toMatchObject({ decision: 'stops', problem: 'denied-by-policy' });
    expect(lookupOf(denyEgress, allowDns)).toMatchObject({ decision: 'passes' });
  });

  test('DNS-26: it is the DNS pods’ own port that policies see', () => {
    const openshift = [
      deployment('dns', { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }),
      service(
        'kube-dns',
        {
          selector: { 'k8s-app': 'kube-dns' },
          ports: [
            { name: 'dns', port: 53, protocol: 'UDP', targetPort: 5353 },
            { name: 'dns-tcp', port: 53, targetPort: 5353 },
          ],
        },
        'kube-system',
      ),
    ];
    expect(lookupOf(denyEgress, allowDns, ...openshift)).toMatchObject({ decision: 'stops' });
  });

  test('DNS-28: an isolated kube-system refuses lookups too', () => {
    const isolated = policy('deny', { podSelector: {}, policyTypes: ['Ingress'] }, 'kube-system');
    expect(lookupOf(isolated)).toMatchObject({
      decision: 'stops',
      ways: [{}, { hop: 'ingress-policy', decision: 'stops' }],
    });
  });

  test.each([
    ['DNS-19: ClusterFirst on the host network', { hostNetwork: true }, 'stops'],
    ['DNS-19: ClusterFirstWithHostNet', { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }, 'passes'],
    ['DNS-19: Default is the node’s resolver', { dnsPolicy: 'Default' }, 'stops'],
  ])('%s', (_, options, decision) => {
    const network = Network.from([deployment('w', options), api, service('api', named)]);
    expect(network.reach({ from: 'shop/w', to: 'service/shop/api', port: 80 }).pairs[0].hops[0]).toMatchObject({
      decision,
    });
  });
});

describe('nodes', () => {
  const node = (name: string, address: string) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: { addresses: [{ type: 'InternalIP', address }] },
  });
  const deny = policy('deny', { podSelector: {}, policyTypes: ['Ingress'] });
  const network = Network.from([
    node('n1', '192.168.0.1'),
    node('n2', '192.168.0.2'),
    pod('shop/p', { nodeName: 'n1' }),
    pod('shop/q', {}),
    deny,
  ]);
  const outcome = (from: string, to: string) => network.reach({ from, to, port: 80 }).outcome;

  test('NP-30: the own node is let in, another is not, and where nobody says it is unknown', () => {
    expect([outcome('node/n1', 'shop/p'), outcome('node/n2', 'shop/p'), outcome('node/n1', 'shop/q')]).toEqual([
      'allowed',
      'denied',
      'unknown',
    ]);
  });
});
