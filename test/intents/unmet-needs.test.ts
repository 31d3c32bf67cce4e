import { type CheckInput, check, refuses } from '../../lib/intents/check';
import type { Intent } from '../../lib/intents/intent';
import { adminNetworkPolicy, clusterNetworkPolicy, deployment, ns, policy } from '../support/manifests';
import { app, portOf, promise } from './support';

/** Weave Net as its fork has it: the archived original would be told of besides. */
const LIVING = { name: 'weave', project: 'rajch' } as const;
const ports = [
  { name: 'sql', containerPort: 5432 },
  { name: 'replica', containerPort: 5440 },
  { name: 'sig', containerPort: 3868, protocol: 'SCTP' },
];
const shop = [ns('shop'), ...['web', 'api', 'db'].map((name) => deployment(name, { ports }))];
const onDb = { podSelector: { matchLabels: { app: 'db' } } };
const fromApi = { from: [{ podSelector: { matchLabels: { app: 'api' } } }] };
const dbIn = (rule: object = {}, name = 'db-in') => policy(name, { ...onDb, ingress: [{ ...fromApi, ...rule }] });
const denyAll = { ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }] };

const plain = dbIn();
const named = dbIn({ ports: [{ port: 'sql' }] });
const range = dbIn({ ports: [{ port: 5432, endPort: 5440 }] }, 'db-range');
const shut = policy('db-shut', { ...onDb, ingress: [] });
const administrators = clusterNetworkPolicy('guard', denyAll);

const never = promise({ verb: 'toReach', negated: true, subject: app('web'), targets: [app('db')] });
const only = promise({ verb: 'toBeReachedOnlyBy', subject: app('db'), sources: [app('api')] });
const reaches = (port: string) =>
  promise({ verb: 'toReach', negated: false, subject: app('api'), targets: [portOf(app('db'), port)], by: 'podIP' });

type Rest = Partial<Pick<CheckInput, 'assumptions' | 'acknowledgements' | 'profileOrigin'>>;

function judged(manifests: readonly object[], intents: readonly Intent[], profile: CheckInput['profile'], rest?: Rest) {
  const placed = [...shop, ...manifests].map((object) => {
    const { kind, metadata } = object as { kind: string; metadata: { name: string } };
    return { object, origin: { construct: `shop/${kind}/${metadata.name}` } };
  });
  return check({ manifests: placed, profile, intents, ...rest });
}

describe('what policies ask of a network that does not do it refuses by itself, whatever was promised', () => {
  test.each([
    ['NP-37: policies that nobody reads, once', 'flannel', [plain, dbIn({}, 'other')], ['PTL301']],
    ['NP-37: and nothing that they ask for', 'flannel', [named, range], ['PTL301']],
    ['NP-21: a name in a policy, once', 'weave', [dbIn({ ports: [{ port: 'sql' }, { port: 'replica' }] })], ['PTL305']],
    ['NP-21: also in a direction that is not listed', 'weave', [ignored()], ['PTL305']],
    [
      'NP-25: each range',
      'weave',
      [
        dbIn({
          ports: [
            { port: 1, endPort: 2 },
            { port: 3, endPort: 4 },
          ],
        }),
      ],
      ['PTL303', 'PTL303'],
    ],
    ['NP-25: but none of one port', 'weave', [dbIn({ ports: [{ port: 5432, endPort: 5432 }] })], []],
    ["NP-43: administrators' policies", 'weave', [plain, administrators], ['PTL306']],
    ['NP-43: the older ones too', 'weave', [plain, adminNetworkPolicy('guard', denyAll)], ['PTL306']],
    ['NP-43: beside those that nobody reads', 'flannel', [plain, administrators], ['PTL301', 'PTL306']],
    ['nothing on a network that does it', 'calico', [named, range, administrators], []],
    ['nothing where nobody can tell', 'kindnet', [plain, administrators], []],
  ] as const)('%s', (_, cni, manifests, codes) => {
    const report = judged(manifests, [], { cni });
    expect(report.faults).toEqual([]);
    expect(report.lints.map(({ code }) => code).filter((code) => code.startsWith('PTL30'))).toEqual(codes);
    expect(refuses(report)).toBe(codes.length > 0);
  });

  /** Its egress rule is in force nowhere, and has a name all the same. */
  function ignored(): object {
    const spec = { ...onDb, policyTypes: ['Ingress'], ingress: [fromApi], egress: [{ ports: [{ port: 'sql' }] }] };
    return policy('db-in', spec);
  }

  test('NP-37: it is the cluster that is to blame', () => {
    const { lints } = judged([plain], [], { cni: 'flannel' }, { profileOrigin: { construct: 'network' } });
    expect(lints).toMatchObject([
      {
        object: { kind: 'PodNetwork', name: 'network' },
        field: ['cni'],
        origin: { construct: 'network' },
        inert: [{ name: 'db-in' }],
        option: 'netpol: true',
      },
    ]);
  });
});

describe('promises that only hold where it is done are told with it', () => {
  test.each([
    ['NP-37: nobody reads policies', 'flannel', [plain], [never, only], 'PTL301'],
    ['NP-21: what a void policy should keep out', 'weave', [named], [never, only], 'PTL305'],
    ['NP-25: the last port of a range', 'weave', [range], [reaches('replica')], 'PTL303'],
    ["NP-43: what administrators' policies should keep out", 'weave', [administrators], [never], 'PTL306'],
    ['both a name and a range: the more far-reaching', 'weave', [shut, both()], [reaches('replica')], 'PTL305'],
  ] as const)('%s', (_, cni, manifests, promises, code) => {
    const { findings, lints } = judged(manifests, promises, { cni });
    expect(findings).toMatchObject([{ code, cause: { reliant: promises }, severity: 'error' }]);
    // The cause is one, and is told once.
    expect(lints.map((lint) => lint.code)).not.toContain(code);
  });

  function both(): object {
    return dbIn({ ports: [{ port: 'sql' }, { port: 5432, endPort: 5440 }] });
  }

  test('NP-25: the first port of a range is no reason, and stays a lint', () => {
    const { findings, lints } = judged([range], [reaches('sql')], { cni: LIVING });
    expect({ findings, codes: lints.map(({ code }) => code) }).toMatchObject({ findings: [], codes: ['PTL303'] });
  });

  test('what would be broken anyway keeps its own cause', () => {
    const fromWeb = policy('web-in', { ...onDb, ingress: [{ ports: [{ port: 'sql' }] }] });
    const { findings } = judged([fromWeb], [never], { cni: 'weave' });
    expect(findings).toMatchObject([{ code: 'PTL104' }]);
  });

  test('the policy that would decide is to blame, and not another that asks for the same', () => {
    const unrelated = policy('api-in', {
      podSelector: { matchLabels: { app: 'api' } },
      ingress: [{ ports: [{ port: 'sql' }] }],
    });
    const { findings, lints } = judged([unrelated, named], [never], { cni: LIVING });
    expect(findings).toMatchObject([{ code: 'PTL305', blame: { construct: 'shop/NetworkPolicy/db-in' } }]);
    expect(lints).toMatchObject([{ code: 'PTL305', object: { name: 'api-in' } }]);
  });

  test('NP-43: where nobody can tell whether it is done they are undecided', () => {
    const { findings } = judged([administrators], [never], { cni: 'kindnet' });
    expect(findings).toMatchObject([{ code: 'PTL904', cause: { doubts: [{ rule: 'NP-43' }] } }]);
  });
});

describe('fixes are tried first', () => {
  const fixesOf = (manifests: readonly object[], intent: Intent, cni: CheckInput['profile']['cni']) =>
    judged(manifests, [intent], { cni }).findings[0].fixes.map(({ remove, add }) => [remove, add]);

  test('NP-37: the own option, then another plugin', () => {
    expect(fixesOf([plain], never, 'flannel')).toEqual([
      ['cni: Cni.flannel()', 'cni: Cni.flannel({ netpol: true })'],
      ['cni: Cni.flannel()', 'cni: Cni.calico()'],
    ]);
  });

  test('NP-09: the option of the plugin', () => {
    const overSctp = promise({
      verb: 'toReach',
      negated: false,
      subject: app('api'),
      targets: [portOf(app('db'), 'sig')],
      by: 'podIP',
    });
    const { findings } = judged([dbIn({ ports: [{ port: 3868, protocol: 'SCTP' }] })], [overSctp], { cni: 'cilium' });
    expect(findings).toMatchObject([
      { code: 'PTL304', fixes: [{ add: 'cni: Cni.cilium({ sctp: true })' }, { add: 'cni: Cni.calico()' }] },
    ]);
  });

  test('NP-21: the number in place of the name', () => {
    expect(fixesOf([named], never, 'weave')[0]).toEqual(["port 'sql'", 'port 5432']);
  });

  test('NP-21: no number where pods differ in it', () => {
    const other = deployment('db2', { labels: { app: 'db', x: '2' }, ports: [{ name: 'sql', containerPort: 3306 }] });
    expect(fixesOf([named, other], never, 'weave')).toEqual([['cni: Cni.weave()', 'cni: Cni.calico()']]);
  });

  test('NP-25: the ports of the range, unless they are many', () => {
    expect(fixesOf([range], reaches('replica'), 'weave')[0]).toEqual([
      'ports 5432 to 5440',
      'ports: [5432, 5433, 5434, 5435, 5436, 5437, 5438, 5439, 5440]',
    ]);
    const two = dbIn({
      ports: [
        { port: 5439, endPort: 5440 },
        { port: 1, endPort: 2, protocol: 'UDP' },
      ],
    });
    expect(fixesOf([two], reaches('replica'), 'weave')[0]).toEqual([
      'ports 5439 to 5440\nports 1 to 2',
      'ports: [5439, 5440]\nports: [Port.udp(1), Port.udp(2)]',
    ]);
    const wide = dbIn({ ports: [{ port: 5000, endPort: 6000 }] });
    expect(fixesOf([wide], reaches('replica'), 'weave')).toEqual([['cni: Cni.weave()', 'cni: Cni.calico()']]);
  });
});

describe('waivers', () => {
  const because = 'kube-network-policies runs as a DaemonSet';
  const assumed = (scope: string) => ({ assumptions: [{ fact: 'NetworkPolicy', because, scope }] });

  test('NP-37: who assumes that policies are enforced answers for the lint, too, and the report says so', () => {
    const report = judged([plain], [], { cni: 'flannel' }, assumed('shop'));
    expect(report).toMatchObject({ lints: [], assumed: [{ because }], idle: [] });
    expect(judged([plain], [], { cni: 'flannel' }, assumed('ops'))).toMatchObject({
      lints: [{ code: 'PTL301' }],
      assumed: [],
      idle: [{ because }],
    });
  });

  test('a lint is acknowledged by its code, or with its object', () => {
    const acknowledge = (id: string) => ({ acknowledgements: [{ id, reason: 'seen', scope: '' }] });
    for (const id of ['PTL305', 'PTL305[shop/db-in]']) {
      expect(judged([named], [], { cni: 'weave' }, acknowledge(id)).lints.map(({ code }) => code)).not.toContain(
        'PTL305',
      );
    }
    expect(judged([plain], [], { cni: 'flannel' }, acknowledge('PTL301[flannel]')).lints).toEqual([]);
  });
});
