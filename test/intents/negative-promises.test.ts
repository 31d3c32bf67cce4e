import { deployment, ns, pod, policy, service } from '../support/manifests';
import { app, checking, codes, codesOfPromises, internet, portOf, promise } from './support';

const web = deployment('web', { ports: [{ name: 'http', containerPort: 3000 }] });
const api = deployment('api', { ports: [{ name: 'http', containerPort: 8080 }] });
const db = deployment('db', { ports: [{ name: 'sql', containerPort: 5432 }] });
const shop = [ns('shop'), web, api, db];
const dbFrom = (peer: object, extra: object = {}) =>
  policy('db-clients', { podSelector: { matchLabels: { app: 'db' } }, ingress: [{ from: [peer], ...extra }] });
const fromApi = dbFrom({ podSelector: { matchLabels: { app: 'api' } } }, { ports: [{ port: 5432 }] });
const only = (...sources: ReturnType<typeof app>[]) =>
  promise({ verb: 'toBeReachedOnlyBy', subject: app('db'), sources });
const never = promise({ verb: 'toReach', negated: true, subject: app('web'), targets: [app('db')] });
const notExposed = (...except: ReturnType<typeof app>[]) =>
  promise({ verb: 'toBeExposedTo', negated: true, subject: app('db'), zone: internet, except });

describe('expect(x).not.toReach(y)', () => {
  test('breaks in an open cluster and shows the way', () => {
    const [finding] = checking(shop, [never]).findings;
    expect(finding).toMatchObject({ code: 'PTL104', example: { outcome: 'allowed' } });
  });

  test('holds when the policy of either end shuts every port', () => {
    expect(codes(checking([...shop, fromApi], [never]))).toEqual([]);
  });

  test('is about every port unless one is named', () => {
    const otherPort = dbFrom({ podSelector: { matchLabels: { app: 'web' } } }, { ports: [{ port: 9187 }] });
    const onSql = promise({ verb: 'toReach', negated: true, subject: app('web'), targets: [portOf(app('db'), 'sql')] });
    expect(codes(checking([...shop, otherPort], [never]))).toEqual(['PTL104']);
    expect(codes(checking([...shop, otherPort], [onSql]))).toEqual([]);
  });

  test('NP-39: a NodePort that masquerades may let it in through the pod’s own node', () => {
    const nodePort = service('db', { type: 'NodePort', selector: { app: 'db' }, ports: [{ port: 5432 }] });
    expect(codes(checking([...shop, fromApi, nodePort], [never]))).toEqual(['PTL904']);
  });

  test('a policy whose selector is misspelt is found behind an open pod', () => {
    const misspelt = policy('db-clients', {
      podSelector: { matchLabels: { app: 'bd' } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'api' } } }] }],
    });
    const [finding] = checking([...shop, misspelt], [never]).findings;
    expect(finding).toMatchObject({ code: 'PTL110', cause: { didYouMean: 'app=db' }, fixes: [{ add: "app: 'db'" }] });
  });

  test('NP-37: where nobody enforces policies, one finding names the promises that rely on them', () => {
    const report = checking([...shop, fromApi], [never, only(app('api'))], { cni: 'flannel' });
    expect(report.findings).toMatchObject([{ code: 'PTL301', cause: { lint: { inert: [{ name: 'db-clients' }] } } }]);
    expect(report.findings[0].fixes.map((fix) => fix.add)).toEqual([
      'cni: Cni.flannel({ netpol: true })',
      'cni: Cni.calico()',
    ]);
  });
});

describe('expect(x).toBeReachedOnlyBy(...)', () => {
  test('holds when the policy admits the listed workload by its own selector', () => {
    expect(codes(checking([...shop, fromApi], [only(app('api'))]))).toEqual([]);
  });

  test('breaks for a declared pod that is not listed', () => {
    const [finding] = checking([...shop, fromApi], [only(app('web'))]).findings;
    expect(finding).toMatchObject({ code: 'PTL113', offenders: ['shop/api[Deployment]'] });
  });

  test('breaks for strangers that the policy would let in', () => {
    const anyOfOps = dbFrom({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } });
    const [finding] = checking([...shop, anyOfOps], [only(app('api'))]).findings;
    expect(finding.code).toBe('PTL113');
    expect(finding.offenders[0]).toMatch(/undeclared pod .* in ops/);
  });

  test('a listed pod set covers the strangers within it, and no wider ones', () => {
    const backup = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } },
      podSelector: { matchLabels: { app: 'backup' } },
    };
    const listed = { kind: 'pods' as const, labels: { app: 'backup' }, namespace: 'ops' };
    expect(codes(checking([...shop, dbFrom(backup)], [only(listed)]))).toEqual([]);
    const wider = { ...backup, podSelector: {} };
    expect(codes(checking([...shop, dbFrom(wider)], [only(listed)]))).toEqual(['PTL113']);
  });

  test('NP-04: a default deny for egress here does not bind strangers, whom others may open', () => {
    const ops = [ns('ops'), policy('deny', { podSelector: {}, policyTypes: ['Egress'] }, 'ops')];
    const backup = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } },
      podSelector: { matchLabels: { app: 'backup' } },
    };
    const [finding] = checking([...shop, ...ops, dbFrom(backup)], [only(app('api'))]).findings;
    expect(finding).toMatchObject({ code: 'PTL113', offenders: ['an undeclared pod labelled app=backup in ops'] });
  });

  test('breaks for addresses outside', () => {
    const world = dbFrom({ ipBlock: { cidr: '203.0.113.0/24' } });
    const [finding] = checking([...shop, world], [only()], { podCidr: '10.244.0.0/16' }).findings;
    expect(finding).toMatchObject({ code: 'PTL113', offenders: ['outside (203.0.113.0-203.0.113.255)'] });
  });

  test('NP-30: the pod’s own node is left out, a hostNetwork pod on another node is not', () => {
    const agent = deployment('agent', { hostNetwork: true });
    expect(codes(checking([...shop, agent, fromApi], [only(app('api'))], { cni: 'calico' }))).toEqual([]);
    const world = dbFrom({ ipBlock: { cidr: '0.0.0.0/0' } });
    const { findings } = checking([...shop, agent, world], [only({ kind: 'internet' })], {
      cni: 'calico',
      nodeCidr: '192.168.0.0/16',
    });
    expect(findings[0].offenders).toContain('shop/agent[Deployment]');
  });
});

describe('expect(x).not.toBeExposedTo(internet)', () => {
  test('holds for a pod that policies shut', () => {
    expect(codes(checking([...shop, fromApi], [notExposed()]))).toEqual([]);
  });

  test('breaks for a pod that no policy shuts', () => {
    expect(checking(shop, [notExposed()]).findings).toMatchObject([{ code: 'PTL120', cause: { via: 'podIP' } }]);
  });

  test.each([
    [
      'a LoadBalancer',
      service('edge', { type: 'LoadBalancer', selector: { app: 'db' }, ports: [{ port: 5432 }] }),
      'LoadBalancer',
    ],
    [
      'an externalIP',
      service('edge', { externalIPs: ['203.0.113.7'], selector: { app: 'db' }, ports: [{ port: 5432 }] }),
      'externalIP',
    ],
  ])('NP-39: breaks or is undecided for %s whose policy admits everybody on the port', (_, edge, via) => {
    const everybody = policy('db', {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ ports: [{ port: 5432 }] }],
    });
    const { findings } = checking([...shop, everybody, edge], [notExposed()]);
    expect(findings[0].code).toBe('PTL120');
    expect(['podIP', via]).toContain(findings[0].cause.code === 'PTL120' && findings[0].cause.via);
  });

  test('spares what is excepted', () => {
    const closed = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress'] });
    const balanced = service('x', { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] });
    const namespace = { kind: 'namespace' as const, name: 'shop' };
    const unexposed = (...except: ReturnType<typeof app>[]) =>
      promise({ verb: 'toBeExposedTo', negated: true, subject: namespace, zone: internet, except });
    expect(codes(checking([...shop, fromApi, closed, balanced], [unexposed(app('web'))]))).toEqual([]);
    expect(codes(checking([...shop, fromApi, closed, balanced], [unexposed(app('api'))]))).toEqual(['PTL904']);
  });

  test('NP-40: an Ingress leads to it wherever its controller gets in, which nobody can know of an unknown one', () => {
    const edge = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'edge', namespace: 'shop' },
      spec: { defaultBackend: { service: { name: 'db', port: { number: 5432 } } } },
    };
    const named = service('db', { selector: { app: 'db' }, ports: [{ port: 5432 }] });
    const { findings } = checking([...shop, fromApi, named, edge], [notExposed()]);
    expect(findings).toMatchObject([{ code: 'PTL904', cause: { doubts: [{ rule: 'NP-40' }] } }]);
    expect(checking([...shop, named, edge], [notExposed()]).findings).toMatchObject([{ code: 'PTL120' }]);
  });
});

describe('promises about nothing', () => {
  test('a subject without pods is refused', () => {
    expect(
      codes(
        checking(shop, [promise({ verb: 'toReach', negated: true, subject: app('nobody'), targets: [app('db')] })]),
      ),
    ).toEqual(['PTL901']);
  });

  test('a Service that selects nobody keeps no promise, neither as subject nor as target', () => {
    const bare = service('bare', { ports: [{ port: 80 }] });
    const object = { kind: 'object' as const, object: 'Service', namespace: 'shop', name: 'bare' };
    const promises = [
      promise({ verb: 'toReach', negated: true, subject: object, targets: [app('db')] }),
      promise({ verb: 'toReach', negated: true, subject: app('web'), targets: [object] }),
      promise({ verb: 'toBeReachedOnlyBy', subject: object, sources: [] }),
      promise({ verb: 'toBeExposedTo', negated: true, subject: object, zone: internet, except: [] }),
    ];
    expect(codesOfPromises(checking([...shop, bare], promises))).toEqual(['PTL901', 'PTL901', 'PTL901', 'PTL904']);
  });

  test('a port that nobody has is refused with the nearest name', () => {
    const slip = promise({ verb: 'toReach', negated: true, subject: app('web'), targets: [portOf(app('db'), 'sqll')] });
    expect(checking(shop, [slip]).findings).toMatchObject([{ code: 'PTL901', cause: { didYouMean: 'sql' } }]);
  });

  test('an expect without a verb is a finding', () => {
    expect(codes(checking(shop, [promise({ verb: 'none', subject: app('web') })]))).toEqual(['PTL903']);
  });
});

test('an invalid manifest is a fault, and nothing else is judged', () => {
  const bad = policy('bad', { podSelector: {}, ingress: [{ from: [{}] }] });
  const report = checking([...shop, bad, pod('shop/x')], [never]);
  expect(codes(report)).toEqual(['PTL011']);
  expect(report.findings).toEqual([]);
});
