import { deployment, dnsRule, ns, policy, service } from '../support/manifests';
import { app, checking, codes, internet, portOf, promise } from './support';

const shop = [
  ns('shop'),
  deployment('web', { ports: [{ name: 'http', containerPort: 3000 }] }),
  deployment('api', { ports: [{ name: 'http', containerPort: 8080 }] }),
  service('api', { selector: { app: 'api' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] }),
];
const denyAll = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const apiFromWeb = policy('api-from-web', {
  podSelector: { matchLabels: { app: 'api' } },
  ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 8080 }] }],
});
const webToApi = policy('web-to-api', {
  podSelector: { matchLabels: { app: 'web' } },
  policyTypes: ['Egress'],
  egress: [{ to: [{ podSelector: { matchLabels: { app: 'api' } } }], ports: [{ port: 8080 }] }],
});
const dns = policy('dns', { podSelector: {}, policyTypes: ['Egress'], egress: [dnsRule] });
const webReachesApi = promise({
  verb: 'toReach',
  negated: false,
  subject: app('web'),
  targets: [portOf(app('api'), 'http')],
});

describe('expect(x).toReach(y)', () => {
  test('holds in an open cluster', () => {
    expect(codes(checking(shop, [webReachesApi]))).toEqual([]);
  });

  test('holds under a default deny when both ends and DNS are opened, and says who decided', () => {
    const report = checking([...shop, denyAll, apiFromWeb, webToApi, dns], [webReachesApi]);
    expect(codes(report)).toEqual([]);
    expect(report.kept[0].decidedBy).toContain('NetworkPolicy shop/api-from-web ingress[0]');
  });

  test('DNS-29: a default deny that forgot DNS stops the lookup, blames the deny, and offers the rule', () => {
    const report = checking([...shop, denyAll, apiFromWeb, webToApi], [webReachesApi]);
    const [finding] = report.findings;
    expect(finding).toMatchObject({
      code: 'PTL102',
      cause: { wouldConnect: true },
      blame: { construct: 'NetworkPolicy/default-deny' },
    });
    expect(finding.fixes[0].add).toContain('AllowDns');
  });

  test('NP-03: the policy of the pod itself is blamed, not the default deny beside it', () => {
    const closedWeb = policy('web-out', {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [dnsRule],
    });
    const [finding] = checking([...shop, denyAll, closedWeb, apiFromWeb], [webReachesApi]).findings;
    expect(finding).toMatchObject({ code: 'PTL101', blame: { construct: 'NetworkPolicy/web-out' } });
  });

  test('DNS-29: where others may look up names, the policy of the pod that may not is blamed', () => {
    const ofApi = policy('api-out', {
      podSelector: { matchLabels: { app: 'api' } },
      policyTypes: ['Egress'],
      egress: [dnsRule],
    });
    const [finding] = checking([...shop, denyAll, apiFromWeb, webToApi, ofApi], [webReachesApi]).findings;
    expect(finding).toMatchObject({ code: 'PTL102', blame: { construct: 'NetworkPolicy/web-to-api' } });
  });

  test('DNS-29: a rule for UDP alone leaves the lookup undecided, for long answers come over TCP', () => {
    const udpOnly = policy('dns', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{ ...dnsRule, ports: [{ port: 53, protocol: 'UDP' }] }],
    });
    const [finding] = checking([...shop, denyAll, apiFromWeb, webToApi, udpOnly], [webReachesApi]).findings;
    expect(finding).toMatchObject({ code: 'PTL102', cause: { overTcpOnly: true } });
  });

  test('forty promises that fail for one missing DNS rule are one finding', () => {
    const again = promise({ verb: 'toReach', negated: false, subject: app('web'), targets: [app('api')] });
    const report = checking([...shop, denyAll, apiFromWeb, webToApi], [webReachesApi, again]);
    expect(codes(report)).toEqual(['PTL102']);
    expect(report.findings[0].also).toEqual([again]);
  });

  test('NP-19: a rule for the Service port matches nothing, and the fix names the container port', () => {
    const wrong = policy('api-from-web', {
      podSelector: { matchLabels: { app: 'api' } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 80 }] }],
    });
    const [finding] = checking([...shop, wrong], [webReachesApi]).findings;
    expect(finding).toMatchObject({
      code: 'PTL103',
      cause: { servicePort: 80, containerPort: 8080 },
      blame: { construct: 'NetworkPolicy/api-from-web' },
      fixes: [{ add: 'port: 8080' }],
    });
  });

  test('a rule for a label that no pod has is told from a rule for others', () => {
    const wrong = policy('api-from-web', {
      podSelector: { matchLabels: { app: 'api' } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'wbe' } } }], ports: [{ port: 8080 }] }],
    });
    const [finding] = checking([...shop, wrong], [webReachesApi]).findings;
    expect(finding).toMatchObject({ code: 'PTL111', cause: { didYouMean: 'app=web' }, fixes: [{ add: "app: 'web'" }] });
  });

  test('NP-14: a rule for namespaces by a label that none has is fixed by the name label', () => {
    const wrong = policy('api-from-web', {
      podSelector: { matchLabels: { app: 'api' } },
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'shop' } } }], ports: [{ port: 8080 }] }],
    });
    const [finding] = checking([...shop, wrong], [webReachesApi]).findings;
    expect(finding).toMatchObject({ code: 'PTL112', cause: { namespace: 'shop', declared: true } });
    expect(finding.fixes).toHaveLength(1);
  });

  test('a namespace declared elsewhere has labels that nobody knows: the promise is undecided, not broken', () => {
    const here = shop.slice(1);
    const byTeam = policy('api-from-web', {
      podSelector: { matchLabels: { app: 'api' } },
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'shop' } } }] }],
    });
    const [finding] = checking([...here, byTeam], [webReachesApi]).findings;
    expect(finding).toMatchObject({ code: 'PTL904', cause: { doubts: [{ rule: 'NP-14' }] } });
  });

  test.each([
    [
      'SVC-07: a target port that no pod has',
      { selector: { app: 'api' }, ports: [{ name: 'http', port: 80, targetPort: 'web' }] },
      'PTL204',
    ],
    [
      'SVC-02: a selector that takes no pod',
      { selector: { app: 'apo' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
      'PTL203',
    ],
    [
      'SVC-10: a port that the Service does not have',
      { selector: { app: 'api' }, ports: [{ name: 'grpc', port: 81, targetPort: 9000 }] },
      'PTL201',
    ],
  ])('%s is %3$s', (_, spec, code) => {
    expect(codes(checking([...shop.slice(0, 3), service('api', spec)], [webReachesApi]))).toEqual([code]);
  });

  test('DNS-19: a pod on the host network with ClusterFirst resolves no cluster name', () => {
    const onHost = deployment('web', { hostNetwork: true });
    expect(codes(checking([shop[0], onHost, ...shop.slice(2)], [webReachesApi]))).toEqual(['PTL501']);
  });

  test('SVC-12: a workload scaled to nothing has no endpoints', () => {
    const scaled = deployment('api', { replicas: 0, ports: [{ name: 'http', containerPort: 8080 }] });
    expect(codes(checking([shop[0], shop[1], scaled, shop[3]], [webReachesApi]))).toEqual(['PTL205']);
  });

  test('by pod IP it needs neither Service nor DNS', () => {
    const narrowed = promise({
      verb: 'toReach',
      negated: false,
      by: 'podIP',
      subject: app('web'),
      targets: [portOf(app('api'), 'http')],
    });
    expect(codes(checking([shop[0], shop[1], shop[2], denyAll, apiFromWeb, webToApi], [narrowed]))).toEqual([]);
  });

  test('from the internet it needs a way in', () => {
    const fromInternet = promise({
      verb: 'toReach',
      negated: false,
      subject: internet,
      targets: [portOf(app('api'), 'http')],
    });
    expect(codes(checking(shop, [fromInternet]))).toEqual(['PTL121']);
    const balanced = service('edge', {
      type: 'LoadBalancer',
      selector: { app: 'api' },
      ports: [{ port: 80, targetPort: 'http' }],
    });
    expect(codes(checking([...shop, balanced], [fromInternet]))).toEqual([]);
  });

  test('a name with no pod behind it is refused with the nearest name', () => {
    const toNobody = promise({ verb: 'toReach', negated: false, subject: app('web'), targets: [app('apj')] });
    const [finding] = checking(shop, [toNobody]).findings;
    expect(finding).toMatchObject({ code: 'PTL901', cause: { role: 'target', didYouMean: 'shop/api' } });
  });

  test('a policy kind that is not modelled leaves what it may select undecided', () => {
    const global = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'GlobalNetworkPolicy',
      metadata: { name: 'g' },
      spec: { types: ['Ingress'] },
    };
    expect(codes(checking([...shop, global], [webReachesApi]))).toEqual(['PTL302']);
  });
});
