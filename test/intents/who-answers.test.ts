import type { EndpointRef } from '../../lib/intents/endpoint';
import { deployment, dnsRule, ns, policy, service } from '../support/manifests';
import { app, checking, internet, portOf, promise } from './support';

const web = deployment('web', { ports: [{ name: 'http', containerPort: 3000 }] });
const api = deployment('api', { ports: [{ name: 'http', containerPort: 8080 }] });
const named = { selector: { app: 'api' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] };
const apiService = (spec: object = {}) => service('api', { ...named, ...spec });
const shop = [ns('shop'), web, api];
const reaches = (target: EndpointRef, more: { by?: 'podIP'; subject?: EndpointRef } = {}) =>
  promise({ verb: 'toReach', negated: false, subject: app('web'), targets: [target], ...more });
const byName = reaches(portOf(app('api'), 'http'));
const exposed = (subject: EndpointRef) =>
  promise({ verb: 'toBeExposedTo', negated: false, subject, zone: internet, except: [] });
const doubts = (manifests: readonly object[], intent = byName, profile: object = {}) =>
  checking(manifests, [intent], profile).findings.flatMap(({ code, cause }) =>
    cause.code === 'PTL904' ? cause.doubts.map(({ rule }) => `${code} ${rule}`) : [code],
  );

describe('behind the name of a promised app', () => {
  const canary = deployment('canary', {
    labels: { app: 'api', track: 'canary' },
    ports: [{ name: 'http', containerPort: 8080 }],
  });

  test('SVC-28: other pods that the Service selects may answer instead', () => {
    expect(doubts([...shop, canary, apiService()])).toEqual(['PTL904 SVC-28']);
    expect(
      doubts(
        [...shop, canary, apiService()],
        reaches({ kind: 'object', object: 'Service', namespace: 'shop', name: 'api' }),
      ),
    ).toEqual([]);
  });

  test('SVC-28: a workload scaled to nothing leaves the answer to others', () => {
    const idle = deployment('api', { replicas: 0, ports: [{ name: 'http', containerPort: 8080 }] });
    expect(doubts([ns('shop'), web, idle, canary, apiService()])).toEqual(['PTL904 SVC-28']);
  });

  test('SVC-07: a promised pod without the port name is no endpoint', () => {
    const both: EndpointRef = { kind: 'pods', labels: { app: 'api' }, namespace: 'shop' };
    const nameless = deployment('api-2', { labels: { app: 'api', v: '2' }, ports: [{ containerPort: 8080 }] });
    const promised = promise({ verb: 'toReach', negated: false, by: 'service', subject: app('web'), targets: [both] });
    expect(doubts([...shop, nameless, apiService()], promised)).toEqual(['PTL204']);
  });

  test('SVC-13: with internalTrafficPolicy Local only endpoints on the client’s node answer', () => {
    expect(doubts([...shop, apiService({ internalTrafficPolicy: 'Local' })])).toEqual(['PTL904 SVC-13']);
  });

  test('SVC-03: a selector on a label that a controller chooses may take nobody', () => {
    const selector = { app: 'api', 'pod-template-hash': '5d4f8' };
    expect(doubts([...shop, apiService({ selector })])).toEqual(['PTL904 SVC-03']);
  });

  test('SVC-27: pods of a family that the Service does not have are no endpoints', () => {
    const v6 = apiService({ ipFamilies: ['IPv6'] });
    expect(doubts([...shop, v6], byName, { podCidr: '10.244.0.0/16' })).toEqual(['PTL205']);
    const dual = { podCidr: ['10.244.0.0/16', 'fd00::/56'] };
    expect(doubts([...shop, v6], byName, dual)).toEqual([]);
    expect(doubts([...shop, v6])).toEqual([]);
  });

  test('SVC-27: policies decide in the family of the Service only', () => {
    const v4Only = policy('web-out', {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [dnsRule, { to: [{ ipBlock: { cidr: '10.244.0.0/16' } }] }],
    });
    const dual = { podCidr: ['10.244.0.0/16', 'fd00::/56'] };
    expect(doubts([...shop, v4Only, apiService({ ipFamilies: ['IPv4'] })], byName, dual)).toEqual([]);
    expect(doubts([...shop, v4Only, apiService({ ipFamilies: ['IPv6'] })], byName, dual)).not.toEqual([]);
  });
});

describe('the lookup of a promised name', () => {
  const dns = (name: string, labels: Record<string, string>, replicas?: number) =>
    deployment(name, { namespace: 'kube-system', labels, replicas });
  const ports = [
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53 },
  ];
  const kubeDns = (selector: object) => service('kube-dns', { selector, ports }, 'kube-system');
  const egress = (...peers: object[]) =>
    policy('web-out', {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [{ to: [{ podSelector: { matchLabels: { app: 'api' } } }, ...peers] }],
    });
  const inKubeSystem = (labels: object) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
    podSelector: { matchLabels: labels },
  });

  test('DNS-26: goes to the pods that the declared Service of the DNS selects', () => {
    const own = [dns('resolver', { app: 'resolver' }), kubeDns({ app: 'resolver' })];
    expect(doubts([...shop, apiService(), ...own, egress(inKubeSystem({ app: 'resolver' }))])).toEqual([]);
    expect(doubts([...shop, apiService(), ...own, egress(inKubeSystem({ 'k8s-app': 'kube-dns' }))])).toEqual([
      'PTL102',
    ]);
    expect(doubts([...shop, apiService(), kubeDns({ app: 'elsewhere' })])).toEqual(['PTL904 DNS-28']);
  });

  test('DNS-28: is not answered by pods that are scaled away', () => {
    const idle = dns('coredns', { 'k8s-app': 'kube-dns' }, 0);
    expect(doubts([...shop, apiService(), idle])).toEqual(['PTL205']);
    expect(doubts([...shop, apiService(), idle, kubeDns({ 'k8s-app': 'kube-dns' })])).toEqual(['PTL205']);
  });

  test('SVC-28: is open where some DNS pods let it in and others do not', () => {
    const two = ['a', 'b'].map((v) => dns(`coredns-${v}`, { 'k8s-app': 'kube-dns', v }));
    const manifests = [...shop, apiService(), ...two];
    expect(doubts([...manifests, egress(inKubeSystem({ v: 'a' }))])).toEqual(['PTL904 SVC-28']);
    expect(doubts([...manifests, egress(inKubeSystem({ 'k8s-app': 'kube-dns' }))])).toEqual([]);
    expect(doubts([...manifests, egress()])).toEqual(['PTL102']);
  });

  test('DNS-24: never leaves a pod that has the name in its hostAliases', () => {
    const aliased = (hostname: string) => {
      const pods = deployment('web') as { spec: { template: { spec: object } } };
      pods.spec.template.spec = {
        ...pods.spec.template.spec,
        hostAliases: [{ ip: '10.0.0.1', hostnames: [hostname] }],
      };
      return [ns('shop'), pods, api, apiService()];
    };
    expect(doubts(aliased('api.shop'))).toEqual(['PTL904 DNS-24']);
    expect(doubts(aliased('other'))).toEqual([]);
  });

  test.each(['Default', 'None'])('DNS-19: with dnsPolicy %s another resolver knows the names outside', (dnsPolicy) => {
    const dnsConfig = dnsPolicy === 'None' ? { nameservers: ['192.0.2.53'] } : undefined;
    const client = deployment('web', { dnsPolicy, dnsConfig });
    const stripe = reaches({ kind: 'port', of: { kind: 'external', host: 'api.stripe.com' }, port: 443 });
    expect(doubts([ns('shop'), client], stripe)).toEqual([]);
    const shut = policy('web-out', {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [dnsRule, { ports: [{ port: 443 }] }],
    });
    expect(doubts([ns('shop'), client, shut], stripe)).toEqual(['PTL904 DNS-19']);
  });
});

test('a promise by address about a workload that is scaled to nothing is about nothing', () => {
  const idle = deployment('api', { replicas: 0, ports: [{ containerPort: 8080 }] });
  expect(doubts([web, idle], reaches(app('api'), { by: 'podIP' }))).toEqual(['PTL901']);
});

test('NP-09: addresses without a port are promised on every protocol', () => {
  const overTcp = policy('web-out', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Egress'],
    egress: [{ ports: [{ protocol: 'TCP' }] }],
  });
  const office: EndpointRef = { kind: 'addresses', cidrs: ['203.0.113.0/24'] };
  expect(doubts([...shop, overTcp], reaches(office))).toEqual(['PTL101']);
  expect(doubts(shop, reaches({ kind: 'addresses', cidrs: ['2001:db8::/32'] }))).toEqual(['PTL904 NP-38']);
});

describe('expect(x).toBeExposedTo(internet)', () => {
  const edge = (spec: object = {}) =>
    service('edge', {
      type: 'LoadBalancer',
      selector: { app: 'api' },
      ports: [{ port: 80, targetPort: 'http' }],
      ...spec,
    });

  test('wants a way in for each pod', () => {
    expect(doubts([...shop, edge()], exposed(app('api')))).toEqual([]);
    expect(doubts([...shop, edge()], exposed({ kind: 'namespace', name: 'shop' }))).toEqual(['PTL121']);
  });

  test('SVC-17: is not kept by a LoadBalancer that lets in some clients', () => {
    expect(doubts([...shop, edge({ loadBalancerSourceRanges: ['198.51.100.0/24'] })], exposed(app('api')))).toEqual([
      'PTL904 SVC-17',
    ]);
  });

  test.each([
    ['127.0.0.1', ['PTL121']],
    ['192.168.0.7', ['PTL904 NET-08']],
    ['0.0.0.0', []],
  ])('NET-08: of a hostPort on %s is %j', (hostIP, expected) => {
    const host = { containerPort: 8080, hostPort: 80, hostIP };
    expect(doubts([deployment('api', { ports: [host] })], exposed(app('api')))).toEqual(expected);
  });

  test('SVC-12: wants a pod that answers', () => {
    const idle = deployment('api', { replicas: 0, ports: [{ name: 'http', containerPort: 8080 }] });
    expect(doubts([idle, edge()], exposed(app('api')))).toEqual(['PTL121']);
  });
});

test.each([
  ['networking.gke.io/v1alpha1', 'FQDNNetworkPolicy', 'shop'],
  ['kuma.io/v1alpha1', 'MeshTrafficPermission', 'kuma-system'],
  ['networking.k8s.aws/v1alpha1', 'ClusterNetworkPolicy', undefined],
  ['crd.nsx.vmware.com/v1alpha1', 'SecurityPolicy', 'shop'],
  ['access.smi-spec.io/v1alpha3', 'TrafficTarget', 'shop'],
])('a policy of a vendor, %s %s, is never passed over', (apiVersion, kind, namespace) => {
  const foreign = { apiVersion, kind, metadata: { name: 'p', namespace }, spec: {} };
  expect(doubts([...shop, apiService(), foreign])).toEqual(['PTL302']);
});

describe('fixes', () => {
  const forApi = { to: [{ podSelector: { matchLabels: { app: 'api' } } }] };
  const fixOf = (...manifests: object[]) =>
    checking([...shop, apiService(), ...manifests], [byName]).findings[0].fixes.map(({ add }) => add);
  const denied = policy('default-deny', { podSelector: {}, policyTypes: ['Egress'], egress: [forApi] });

  test('DNS-29: DNS is allowed for the namespace where all of it is denied, else for the one app', () => {
    const own = policy('web', {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [forApi],
    });
    expect(fixOf(denied)).toEqual(["// in the chart of namespace shop\nnew AllowDns(this, 'dns');"]);
    expect(fixOf(own)).toEqual([
      "// in the chart of namespace shop\nnew AllowDns(this, 'dns', { from: pods({ app: 'web' }) });",
    ]);
  });

  test('DNS-26: DNS is allowed on the port of the DNS pods', () => {
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
    expect(fixOf(denied, ...openshift)).toEqual([
      "// in the chart of namespace shop\nnew AllowDns(this, 'dns', { port: 5353 });",
    ]);
  });

  test('a use is offered by the name of a port, and not where the port has none', () => {
    const labelled = (name: string, port: object) =>
      deployment(name, { labels: { 'app.kubernetes.io/name': name }, ports: [{ containerPort: 8080, ...port }] });
    const closed = policy('closed', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    const offered = (port: object) => {
      const server = service('api', { selector: { 'app.kubernetes.io/name': 'api' }, ports: [{ port: 8080 }] });
      const manifests = [ns('shop'), labelled('web', {}), labelled('api', port), server, closed];
      return checking(manifests, [reaches(app('api'))]).findings.flatMap(({ fixes }) => fixes.map(({ add }) => add));
    };
    expect(offered({ name: 'http' })).toEqual(["web.use(api.port('http'));"]);
    expect(offered({}).join()).not.toContain('.use(');
  });
});
