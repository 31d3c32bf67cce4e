import { ask, cluster, deployment, flow, namespace, pod, policy } from './builders';
import type { Peer } from './manifests';
import { block, everywhere, onlyFrom, onlyTo, prove } from './rule-table';
import { casesOf, naiveVerdict, workloadOutcomes } from './worlds';

describe('A pod whose address nobody knows', () => {
  const pods = [pod('x/a', { labels: { app: 'a' } }), pod('x/b'), pod('x/known', { status: { podIP: '10.244.1.1' } })];
  const toBlock = (...blocks: Peer[]) => [
    ...pods,
    policy('x/p', { podSelector: { matchLabels: { app: 'a' } }, ...onlyTo(...blocks) }),
  ];
  const podCidr = ['10.244.0.0/16'];
  prove([
    [
      'may be in a block or not',
      toBlock(block('10.0.0.0/8')),
      {},
      'unknown x/a -> x/b TCP 80',
      'allowed x/a -> x/known TCP 80',
    ],
    ['is in a block of all addresses', toBlock(block('0.0.0.0/0')), {}, 'allowed x/a -> x/b TCP 80'],
    [
      'may be the exception',
      toBlock(block('0.0.0.0/0', '10.244.1.1/32')),
      {},
      'unknown x/a -> x/b TCP 80',
      'denied x/a -> x/known TCP 80',
    ],
    ['is within the pod CIDR', toBlock(block('10.0.0.0/8')), { podCidr }, 'allowed x/a -> x/b TCP 80'],
    ['is not outside the pod CIDR', toBlock(block('192.168.0.0/16')), { podCidr }, 'denied x/a -> x/b TCP 80'],
    ['may be in a part of the pod CIDR', toBlock(block('10.244.1.0/24')), { podCidr }, 'unknown x/a -> x/b TCP 80'],
    [
      'is not where the pod CIDR is excepted',
      toBlock(block('0.0.0.0/0', ...podCidr)),
      { podCidr },
      'denied x/a -> x/b TCP 80',
    ],
    [
      'is in one of two halves that cover the pod CIDR',
      toBlock(block('10.244.0.0/17'), block('10.244.128.0/17')),
      { podCidr },
      'allowed x/a -> x/b TCP 80',
    ],
    [
      'is in one of the pod CIDRs',
      toBlock(block('10.244.0.0/16')),
      { podCidr: [...podCidr, '10.245.0.0/16'] },
      'unknown x/a -> x/b TCP 80',
    ],
    [
      'is anywhere in a family without pod CIDR',
      toBlock(block('fd00::/8')),
      { podCidr, families: [4, 6] },
      'unknown x/a -> x/b TCP 80 IPv6',
    ],
  ]);

  test("differs from another pod's, even of the same Deployment", () => {
    const described = cluster(
      [
        namespace('x'),
        deployment('x/d', 2),
        policy('x/p', {
          ...onlyTo(block('10.244.0.0/17')),
          ...onlyFrom(block('10.244.128.0/17')),
          policyTypes: ['Ingress', 'Egress'],
        }),
      ],
      { podCidr },
    );
    expect(ask(described, 'x/d#0 -> x/d#1 TCP 80')).toBe('unknown');
  });

  test('A status without an address of a family means none', () => {
    const described = cluster([namespace('x'), ...pods], { families: [4, 6] });
    expect(() => ask(described, 'x/a -> x/known TCP 80 IPv6')).toThrow('no IPv6 address');
  });
});

describe('Whether ipBlock selects pods (NP-17)', () => {
  const manifests = [
    pod('x/a', { status: { podIP: '10.0.0.1' } }),
    pod('x/b', { status: { podIP: '10.0.0.2' } }),
    policy('x/p', onlyTo(block('0.0.0.0/0'))),
  ];
  const external = 'allowed x/a -> 8.8.8.8 TCP 80';
  prove([
    ['it does', manifests, { ipBlockSelectsPods: true }, 'allowed x/a -> x/b TCP 80', external],
    ['it does not', manifests, { ipBlockSelectsPods: false }, 'denied x/a -> x/b TCP 80', external],
    ['nobody knows', manifests, { ipBlockSelectsPods: 'unknown' }, 'unknown x/a -> x/b TCP 80', external],
  ]);
});

describe('A namespace that is declared elsewhere', () => {
  const expression = (operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist', ...values: string[]): Peer => ({
    namespaceSelector: { matchExpressions: [{ key: 'team', operator, ...(values.length > 0 && { values }) }] },
  });
  const named = (name: string): Peer => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  });
  const letIn = (...peers: Peer[]) => [pod('x/a'), pod('far/away'), policy('x/p', onlyFrom(...peers))];
  const question = 'far/away -> x/a TCP 80';
  prove([
    ['may have no label at all', letIn(expression('Exists')), {}, `unknown ${question}`],
    [
      'may have a label or not',
      letIn({ namespaceSelector: { matchLabels: { team: 'red' } } }),
      {},
      `unknown ${question}`,
    ],
    [
      'may have another value',
      letIn(expression('In', 'red', 'blue'), expression('DoesNotExist')),
      {},
      `unknown ${question}`,
    ],
    ['has a key or has it not', letIn(expression('Exists'), expression('DoesNotExist')), {}, `allowed ${question}`],
    [
      'has a value or has it not',
      letIn(expression('In', 'red'), expression('NotIn', 'red')),
      {},
      `allowed ${question}`,
    ],
    ['has its name (NP-14)', letIn(named('far')), {}, `allowed ${question}`],
    ['has no other name (NP-14)', letIn(named('x')), {}, `denied ${question}`],
    ['is one of all namespaces', letIn(everywhere), {}, `allowed ${question}`],
    [
      'has no label that its manifest does not tell',
      [namespace('far'), ...letIn(expression('Exists'))],
      {},
      `denied ${question}`,
    ],
  ]);

  test('has the same labels at both ends', () => {
    const team = (operator: 'Exists' | 'DoesNotExist') => [{ ...expression(operator) }];
    const described = cluster([
      pod('far/a'),
      pod('far/b'),
      policy('far/p', {
        policyTypes: ['Ingress', 'Egress'],
        egress: [{ to: team('Exists') }],
        ingress: [{ from: team('DoesNotExist') }],
      }),
    ]);
    expect(ask(described, 'far/a -> far/b TCP 80')).toBe('denied');
  });
});

test('A verdict of unknown shows a world for each answer', () => {
  const described = cluster(
    [pod('x/a'), pod('x/b', { status: { podIP: '10.0.0.1' } }), policy('x/p', onlyTo(block('10.0.0.0/8')))],
    {
      ipBlockSelectsPods: 'unknown',
    },
  );
  const { outcome, allowedIn, deniedIn } = naiveVerdict(described, flow('x/a -> x/b TCP 80'));
  expect(outcome).toBe('unknown');
  expect(allowedIn?.world.ipBlockSelectsPods).toBe(true);
  expect(deniedIn?.world.ipBlockSelectsPods).toBe(false);
});

test('Two workloads have the outcomes of all their pairs of different pods', () => {
  const described = cluster([
    namespace('x'),
    deployment('x/d', 2),
    deployment('x/none', 0),
    pod('x/a', { status: { podIP: '10.0.0.1' } }),
    policy('x/p', onlyFrom()),
  ]);
  const between = (from: string, to: string) =>
    workloadOutcomes(described, { ...flow('x/a -> x/a TCP 80'), from: { workload: from }, to: { workload: to } });
  expect(between('x/d[Deployment]', 'x/a[Pod]')).toEqual(new Set(['denied']));
  expect(between('x/d[Deployment]', 'x/d[Deployment]')).toEqual(new Set(['denied']));
  expect(between('x/a[Pod]', 'x/a[Pod]')).toEqual(new Set());
  expect(between('x/none[Deployment]', 'x/a[Pod]')).toEqual(new Set());
  expect(ask(described, 'x/d#0 -> x/d#0 TCP 80')).toBe('allowed');
});

test('Nothing open means one world', () => {
  const described = cluster([namespace('x'), pod('x/a', { nodeName: 'one', status: { podIP: '10.0.0.1' } })], {
    ownNodeOutIsExempt: true,
  });
  expect([...casesOf(described, flow('x/a -> 8.8.8.8 TCP 80'))]).toHaveLength(1);
});
