import type { EndpointRef } from '../../lib/intents/endpoint';
import { deployment, ns, policy, service } from '../support/manifests';
import { app, checking, codes, internet, portOf, promise } from './support';

const NAME = 'kubernetes.io/metadata.name';
const web = deployment('web', { ports: [{ name: 'http', containerPort: 3000 }] });
const db = deployment('db', { ports: [{ name: 'sql', containerPort: 5432 }] });
const shop = [ns('shop'), web, db];
const namespace = (name: string): EndpointRef => ({ kind: 'namespace', name });
const pods = (labels: Record<string, string | readonly string[]>, where: object = {}): EndpointRef => ({
  kind: 'pods',
  labels,
  ...where,
});
const deny = (direction: 'Ingress' | 'Egress', namespace = 'shop') =>
  policy(`deny-${direction}`, { podSelector: {}, policyTypes: [direction] }, namespace);
const dbFrom = (peer: object) =>
  policy('db-in', { podSelector: { matchLabels: { app: 'db' } }, ingress: [{ from: [peer] }] });
const fromWeb = dbFrom({ podSelector: { matchLabels: { app: 'web' } } });
const webTo = (...to: object[]) =>
  policy('web-out', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [{ to }] });
const inNamespace = (name: string, labels?: object) => ({
  namespaceSelector: { matchLabels: { [NAME]: name } },
  ...(labels ? { podSelector: { matchLabels: labels } } : {}),
});

const never = (subject: EndpointRef, ...targets: EndpointRef[]) =>
  promise({ verb: 'toReach', negated: true, subject, targets });
const only = (...sources: EndpointRef[]) => promise({ verb: 'toBeReachedOnlyBy', subject: app('db'), sources });
const notExposed = (subject: EndpointRef, ...except: EndpointRef[]) =>
  promise({ verb: 'toBeExposedTo', negated: true, subject, zone: internet, except });

describe('a namespace of which only a part is declared', () => {
  test('is not kept from by rules that shut its declared pods only', () => {
    const onlyWeb = [deployment('log', { namespace: 'ops' }), ...shop];
    const shut = policy('log-in', { podSelector: { matchLabels: { app: 'log' } }, policyTypes: ['Ingress'] }, 'ops');
    expect(codes(checking([...onlyWeb, shut], [never(app('web'), namespace('ops'))]))).toEqual(['PTL104']);
    expect(codes(checking([...onlyWeb, deny('Ingress', 'ops')], [never(app('web'), namespace('ops'))]))).toEqual([]);
    expect(codes(checking([...onlyWeb, webTo(inNamespace('jobs'))], [never(app('web'), namespace('ops'))]))).toEqual(
      [],
    );
  });

  test('may hold pods that rules let in by label', () => {
    const ops = deployment('log', { namespace: 'ops' });
    const toDb = never(namespace('ops'), app('db'));
    expect(codes(checking([...shop, ops, dbFrom(inNamespace('ops', { app: 'backup' }))], [toDb]))).toEqual(['PTL104']);
    expect(codes(checking([...shop, ops, fromWeb], [toDb]))).toEqual([]);
  });

  test('is not exposed by what else anybody may put there, which no rule means by a label', () => {
    const webIn = policy('web-in', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'] });
    expect(codes(checking([...shop, webIn, fromWeb], [notExposed(namespace('shop'))]))).toEqual([]);
    expect(codes(checking([...shop, fromWeb], [notExposed(namespace('shop'))]))).toEqual(['PTL120']);
  });

  test('whose undeclared pods must not be reached is offered a default deny', () => {
    const shut = policy('log-in', { podSelector: { matchLabels: { app: 'log' } }, policyTypes: ['Ingress'] }, 'ops');
    const manifests = [deployment('log', { namespace: 'ops' }), ...shop, shut];
    const [finding] = checking(manifests, [never(app('web'), namespace('ops'))]).findings;
    expect(finding.fixes).toMatchObject([{ add: expect.stringContaining('new DefaultDeny') }]);
  });

  test('is exposed by a rule for pods that nobody declared', () => {
    const open = policy('edge', { podSelector: { matchLabels: { app: 'edge' } }, ingress: [{}] });
    const manifests = [...shop, fromWeb, deny('Ingress'), open];
    expect(codes(checking(manifests, [notExposed(namespace('shop'))]))).toEqual(['PTL120']);
    expect(
      codes(checking(manifests, [notExposed(namespace('shop'), pods({ app: 'edge' }, { namespace: 'shop' }))])),
    ).toEqual([]);
  });

  test('NP-13: a policy about pods without a label leaves those with the label open', () => {
    const unlabelled = policy('deny', {
      podSelector: { matchExpressions: [{ key: 'legacy', operator: 'DoesNotExist' }] },
      policyTypes: ['Ingress'],
    });
    const [finding] = checking([...shop, unlabelled], [notExposed(namespace('shop'))]).findings;
    expect(finding).toMatchObject({ code: 'PTL120', offenders: ['an undeclared pod labelled legacy=any in shop'] });
  });

  test('is reached by others at its undeclared pods too', () => {
    const byWeb = promise({ verb: 'toBeReachedOnlyBy', subject: namespace('ops'), sources: [namespace('shop')] });
    const ops = deployment('log', { namespace: 'ops' });
    const fromShop = policy(
      'log-in',
      { podSelector: { matchLabels: { app: 'log' } }, ingress: [{ from: [inNamespace('shop')] }] },
      'ops',
    );
    expect(codes(checking([...shop, ops, fromShop], [byWeb]))).toEqual(['PTL113']);
    expect(codes(checking([...shop, ops, fromShop, deny('Ingress', 'ops')], [byWeb]))).toEqual([]);
  });

  test('leaves its pods by the egress rules that are declared for it', () => {
    const toInternet = never(namespace('shop'), internet);
    const agents = policy('out', {
      podSelector: { matchLabels: { app: 'agent' } },
      policyTypes: ['Egress'],
      egress: [{}],
    });
    expect(codes(checking([...shop, deny('Egress')], [toInternet]))).toEqual([]);
    expect(codes(checking([...shop, deny('Egress'), agents], [toInternet]))).toEqual(['PTL104']);
  });
});

describe('pods by label', () => {
  test('meet the rules for some of them', () => {
    const ofOps = never(pods({}, { namespace: 'ops' }), app('db'));
    expect(codes(checking([...shop, dbFrom(inNamespace('ops', { app: 'backup' }))], [ofOps]))).toEqual(['PTL104']);
    const toOps = never(app('web'), pods({}, { namespace: 'ops' }));
    expect(codes(checking([...shop, webTo(inNamespace('ops', { app: 'log' }))], [toOps]))).toEqual(['PTL104']);
  });

  test('are met by a rule for more than them', () => {
    const either = {
      podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['backup', 'restore'] }] },
    };
    const everywhere = { namespaceSelector: {}, ...either };
    for (const labels of [{ app: 'backup' }, { app: 'restore' }]) {
      expect(codes(checking([...shop, dbFrom(everywhere)], [never(pods(labels), app('db'))]))).toEqual(['PTL104']);
    }
    expect(codes(checking([...shop, dbFrom(everywhere)], [never(pods({ app: 'log' }), app('db'))]))).toEqual([]);
  });

  test('are not only those declared', () => {
    const backups = pods({ app: 'backup' });
    const declared = deployment('backup', { namespace: 'jobs' });
    const fromOps = dbFrom(inNamespace('ops', { app: 'backup' }));
    expect(codes(checking([...shop, declared, fromOps], [never(backups, app('db'))]))).toEqual(['PTL104']);
  });

  test('NP-13: in several namespaces, one of which is declared without them', () => {
    const either = {
      namespaceSelector: { matchExpressions: [{ key: NAME, operator: 'In', values: ['a', 'b'] }] },
      podSelector: { matchLabels: { app: 'backup' } },
    };
    const report = checking(
      [...shop, ns('a'), ns('b'), dbFrom(either)],
      [only(pods({ app: 'backup' }, { namespace: 'a' }))],
    );
    expect(report.findings).toMatchObject([
      { code: 'PTL113', offenders: ['an undeclared pod labelled app=backup in b'] },
    ]);
  });

  test('NP-14: in namespaces whose labels nobody knows are neither listed nor spared', () => {
    const clients = deployment('client', { namespace: 'ops' });
    const listed = only(pods({}, { namespaceLabels: { team: 'ops' } }));
    expect(codes(checking([...shop, clients, dbFrom(inNamespace('ops'))], [listed]))).toEqual(['PTL113']);
    const known = ns('ops', { team: 'ops' });
    expect(codes(checking([...shop, known, clients, dbFrom(inNamespace('ops'))], [listed]))).toEqual([]);
  });

  test('NP-22: may have a port of the name that an egress rule asks for', () => {
    const byName = policy('web-out', {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [{ ports: [{ port: 'metrics' }] }],
    });
    const agents = pods({ app: 'agent' }, { namespace: 'ops' });
    expect(codes(checking([...shop, byName], [never(app('web'), agents)]))).toEqual(['PTL104']);
    expect(codes(checking([...shop, byName], [never(app('web'), portOf(agents, 9090))]))).toEqual(['PTL104']);
    expect(codes(checking([...shop, webTo(inNamespace('jobs'))], [never(app('web'), agents)]))).toEqual([]);
  });
});

describe('toBeReachedOnlyBy', () => {
  test('is kept where the listed selections together cover the rule', () => {
    const either = { podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['api', 'jobs'] }] } };
    const manifests = [...shop, deployment('api'), deployment('jobs'), dbFrom(either)];
    expect(codes(checking(manifests, [only(app('api'), app('jobs'))]))).toEqual([]);
    expect(codes(checking(manifests, [only(app('api'))]))).toEqual(['PTL113']);
  });

  test('NP-14: a listed selection by namespace labels covers pods of a declared namespace that has them', () => {
    const listed = only(pods({}, { namespaceLabels: { team: 'data' } }));
    expect(codes(checking([...shop, ns('jobs', { team: 'data' }), dbFrom(inNamespace('jobs'))], [listed]))).toEqual([]);
    expect(codes(checking([...shop, ns('jobs'), dbFrom(inNamespace('jobs'))], [listed]))).toEqual(['PTL113']);
  });

  test.each(['Job', 'CronJob', 'Pod'])(
    'a listed %s covers strangers with its labels, for it has no selector',
    (kind) => {
      const template = {
        metadata: { labels: { app: 'migrate' } },
        spec: { containers: [{ name: 'main', image: 'x:1' }] },
      };
      const specs: Record<string, object> = {
        Job: { spec: { template } },
        CronJob: { spec: { schedule: '@daily', jobTemplate: { spec: { template } } } },
        Pod: { spec: template.spec },
      };
      const apiVersion = kind === 'Pod' ? 'v1' : 'batch/v1';
      const labels = kind === 'Pod' ? { labels: { app: 'migrate' } } : {};
      const object = { apiVersion, kind, metadata: { name: 'migrate', namespace: 'shop', ...labels }, ...specs[kind] };
      const listed: EndpointRef = { kind: 'object', object: kind, namespace: 'shop', name: 'migrate' };
      expect(
        codes(
          checking([...shop, object, dbFrom({ podSelector: { matchLabels: { app: 'migrate' } } })], [only(listed)]),
        ),
      ).toEqual([]);
    },
  );
});

test('NP-03: a promise that somebody undeclared reaches is undecided, for its own policies are elsewhere', () => {
  const reaches = promise({
    verb: 'toReach',
    negated: false,
    subject: app('web'),
    targets: [portOf(pods({ app: 'redis' }, { namespace: 'cache' }), 6379)],
  });
  expect(checking(shop, [reaches]).findings).toMatchObject([
    { code: 'PTL904', cause: { doubts: [{ rule: 'NP-03' }] } },
  ]);
});

test('a Service that leads to undeclared pods of the namespace exposes them', () => {
  const edge = service('edge', { type: 'LoadBalancer', selector: { app: 'edge' }, ports: [{ port: 443 }] });
  const report = checking([...shop, fromWeb, deny('Ingress'), edge], [notExposed(namespace('shop'))]);
  expect(codes(report)).toEqual(['PTL904']);
});

test('an undeclared pod that another policy lists beside a promised source is no other source', () => {
  const apps = ['a', 'b', 'c', 'db1', 'db2'].map((name) => deployment(name));
  const admits = (db: string, clients: readonly string[]) => {
    const from = [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: clients }] } }];
    return policy(db, { podSelector: { matchLabels: { app: db } }, ingress: [{ from }] });
  };
  const onlyBy = (db: string, ...sources: string[]) =>
    promise({ verb: 'toBeReachedOnlyBy', subject: app(db), sources: sources.map((name) => app(name)) });
  const manifests = [...apps, admits('db1', ['a', 'b']), admits('db2', ['a', 'c'])];
  expect(codes(checking(manifests, [onlyBy('db1', 'a', 'b')]))).toEqual([]);
  expect(codes(checking(manifests, [onlyBy('db2', 'a')]))).toEqual(['PTL113']);
});
