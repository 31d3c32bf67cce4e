import { ask, cluster, namespace, pod, policy } from './builders';
import { podsOf } from './cluster';
import type { EgressRule, IngressRule, Labels, Manifest, NetworkPolicyManifest, Protocol, Selector } from './manifests';

/** The pairs that may not connect. The diagonal is left out, as upstream leaves it out (NP-31, NP-32). */
function deniedPairs(manifests: readonly Manifest[], probe: string): string[] {
  const described = cluster(manifests, { ipBlockSelectsPods: true });
  const ids = podsOf(described).map(({ id }) => id);
  const pairs = ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => `${from} -> ${to}`));
  const outcomes = pairs.map((pair) => [pair, ask(described, `${pair} ${probe}`)] as const);
  expect(outcomes.filter(([, outcome]) => outcome === 'unknown')).toEqual([]);
  return outcomes.filter(([, outcome]) => outcome === 'denied').map(([pair]) => pair);
}

describe('The truth tables of the upstream NetworkPolicy end-to-end tests', () => {
  const NAME = 'kubernetes.io/metadata.name';
  const labels = (matchLabels: Labels): Selector => ({ matchLabels });
  const expression = (key: string, operator: 'In' | 'NotIn', ...values: string[]): Selector => ({
    matchExpressions: [{ key, operator, values }],
  });
  const inPods = (podSelector: Selector) => ({ podSelector });
  const inSpaces = (namespaceSelector: Selector) => ({ namespaceSelector });
  const [a, b, c] = ['a', 'b', 'c'].map((name) => inPods(labels({ pod: name })));
  const y = inSpaces(labels({ [NAME]: 'y' }));
  const notX = inSpaces(expression(NAME, 'NotIn', 'x'));
  const block = (cidr: string, ...except: string[]) => ({ ipBlock: { cidr, except } });

  /** A policy for one pod, `x/a`, or for a whole namespace, `x`. */
  const subject = (text: string) => {
    const [space, name] = text.split('/');
    return { id: `${space}/p`, podSelector: name === undefined ? {} : labels({ pod: name }) };
  };
  const inbound = (text: string, ...ingress: IngressRule[]) => {
    const { id, podSelector } = subject(text);
    return policy(id, { podSelector, policyTypes: ['Ingress'], ingress });
  };
  const outbound = (text: string, ...egress: EgressRule[]) => {
    const { id, podSelector } = subject(text);
    return policy(id, { podSelector, policyTypes: ['Egress'], egress });
  };
  const on = (port: number, protocol: Protocol = 'TCP') => ({ ports: [{ port, protocol }] });

  /** `pods` are `x/a` or, with more labels, `x/a:key=value`; `denied` are `from,from -> to,to` with `*` for all. */
  function table(
    test: string,
    pods: string,
    probe: string,
    policies: NetworkPolicyManifest[],
    ...denied: string[]
  ): void {
    it(`${test}: ${probe}`, () => {
      const declared = pods.split(' ').map((text, at) => {
        const [id, more] = text.split(':');
        const own = { pod: id.split('/')[1], ...(more && { [more.split('=')[0]]: more.split('=')[1] }) };
        const ports = (['TCP', 'UDP', 'SCTP'] as const).flatMap((protocol) =>
          [80, 81].map((port) => ({ name: `serve-${port}-${protocol.toLowerCase()}`, containerPort: port, protocol })),
        );
        return pod(id, { labels: own, ports, status: { podIP: `10.0.0.${at + 1}` } });
      });
      const ids = declared.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
      const spread = (side: string) =>
        side
          .split(',')
          .flatMap((each) => ids.filter((id) => each === '*' || id === each || `${id.split('/')[0]}/*` === each));
      const expected = denied.flatMap((line) => {
        const [froms, tos] = line.split(' -> ').map(spread);
        return froms.flatMap((from) => tos.filter((to) => to !== from).map((to) => `${from} -> ${to}`));
      });
      const manifests = [...['x', 'y', 'z'].map((name) => namespace(name)), ...declared, ...policies];
      expect(deniedPairs(manifests, probe).sort()).toEqual([...new Set(expected)].sort());
    });
  }

  const four = 'x/a x/b y/a y/b';
  const three = 'x/a x/b y/a';
  const spaces = 'x/a x/b y/a z/a';
  const five = 'x/a x/b y/a y/b z/a';
  const allButY = 'x/b,z/a -> x/a';
  const from81 = inbound('x/a', { from: [y], ...on(81) });
  const named = (port: string) => ({ ports: [{ port }] });

  table('1', four, 'TCP 80', [inbound('x')], '* -> x/*');
  table('2', three, 'TCP 80', [inbound('x'), outbound('x')], '* -> x/*', 'x/* -> *');
  table('3', 'x/a x/b x/c y/a', 'TCP 80', [inbound('x/a', { from: [b] })], 'x/c,y/a -> x/a');
  table(
    '4',
    three,
    'TCP 80',
    [inbound('x'), inbound('x/a', { from: [{ ...inPods({}), ...inSpaces({}) }] })],
    '* -> x/b',
  );
  table('5', spaces, 'TCP 80', [inbound('x/a', { from: [inSpaces({})] })]);
  table('6', spaces, 'TCP 80', [inbound('x/a', { from: [y] })], allButY);
  table('7', three, 'TCP 80', [inbound('x/a', { from: [inPods(expression('pod', 'In', 'b'))] })], 'y/a -> x/a');
  table('8', spaces, 'TCP 80', [inbound('x/a', { from: [inSpaces(expression(NAME, 'In', 'y'))] })], allButY);
  table('9', 'x/a x/b x/c y/a', 'TCP 80', [inbound('x/a', { from: [notX, b] })], 'x/c -> x/a');
  table('10', 'x/a x/b y/a y/b z/b', 'TCP 80', [inbound('x/a', { from: [{ ...notX, ...b }] })], 'x/b,y/a -> x/a');
  const bOrC = inPods(expression('pod', 'In', 'b', 'c'));
  table('11', 'x/a x/b y/a y/b y/c', 'TCP 80', [inbound('x/a', { from: [{ ...notX, ...bOrC }] })], 'x/b,y/a -> x/a');
  table('12', 'x/a x/b x/c', 'TCP 80', [inbound('x/a', { from: [b, c] })]);
  table('13', five, 'TCP 80', [inbound('x/a', { from: [{ ...y, ...a }] })], 'x/b,y/b,z/a -> x/a');
  table('14', five, 'TCP 81', [from81], allButY);
  table('15, before', five, 'TCP 80', [from81], '* -> x/a');
  table('15, after', five, 'TCP 80', [from81, inbound('x/a', { from: [y], ...on(80) })], allButY);
  table('16', three, 'TCP 80', [inbound('x', {})]);
  table('16', three, 'TCP 81', [inbound('x', {})]);
  table('17', three, 'TCP 81', [inbound('x', named('serve-81-tcp'))]);
  table('17', three, 'TCP 80', [inbound('x', named('serve-81-tcp'))], '* -> x/*');
  table('18', spaces, 'TCP 80', [inbound('x/a', { from: [y], ...named('serve-80-tcp') })], allButY);
  table('18', spaces, 'TCP 81', [inbound('x/a', { from: [y], ...named('serve-80-tcp') })], '* -> x/a');
  table('19', 'x/a y/a', 'TCP 80', [outbound('x', named('serve-80-tcp'))]);
  table('19', 'x/a y/a', 'TCP 81', [outbound('x', named('serve-80-tcp'))], 'x/* -> *');
  const updated = inbound('x/a', { from: [inPods(labels({ pod: 'b', pod2: 'updated' }))] });
  table('22, before', 'x/a x/b', 'TCP 80', [updated], 'x/b -> x/a');
  table('22, after', 'x/a x/b:pod2=updated', 'TCP 80', [updated]);
  table('23', spaces, 'TCP 80', [inbound('x', { from: [inPods({})] })], 'y/a,z/a -> x/*');
  const isolated = policy('x/p', { podSelector: labels({ target: 'isolated' }), policyTypes: ['Ingress'] });
  table('24, before', 'x/a y/a', 'TCP 80', [isolated]);
  table('24, after', 'x/a:target=isolated y/a', 'TCP 80', [isolated], '* -> x/a');
  table('25', three, 'TCP 80', [outbound('x/a')], 'x/a -> *');
  table('26', three, 'TCP 80', [outbound('x')], 'x/* -> *');
  const together = [inbound('x/a', { from: [b] }), outbound('x/a', { ports: [{ port: 80 }] })];
  table('27', 'x/a x/b x/c y/a', 'TCP 80', together, 'x/c,y/a -> x/a');
  table('27', 'x/a x/b x/c y/a', 'TCP 81', together, 'x/c,y/a -> x/a', 'x/a -> *');
  const fromXA = { from: [{ ...inSpaces(labels({ [NAME]: 'x' })), ...a }] };
  const toYA = outbound('x/a', { to: [{ ...y, ...a }] });
  table(
    '28',
    'x/a y/a y/b',
    'TCP 80',
    [toYA, inbound('y/a', fromXA), inbound('y/b', fromXA)],
    'y/* -> y/*',
    'x/a -> y/b',
  );
  table('29', 'x/a y/a y/b', 'TCP 80', [toYA], 'x/a -> y/b');
  table('30', 'x/a y/a', 'TCP 80', [inbound('x/a', { ports: [{ protocol: 'TCP' }] })]);
  table('30', 'x/a y/a', 'UDP 80', [inbound('x/a', { ports: [{ protocol: 'TCP' }] })], '* -> x/a');
  table('31, before', 'x/a y/a', 'TCP 81', [inbound('x', on(80))], '* -> x/*');
  table('31, after', 'x/a y/a', 'TCP 81', [inbound('x', on(80)), inbound('x', {})]);
  table('32, before', 'x/a y/a', 'TCP 81', [outbound('x', on(80))], 'x/* -> *');
  table('32, after', 'x/a y/a', 'TCP 81', [outbound('x', on(80)), outbound('x', {})]);
  table('33', 'x/a y/a', 'TCP 80', []);
  table('34', 'x/a y/a y/b', 'TCP 80', [outbound('x/a', { to: [block('10.0.0.3/32')] })], 'x/a -> y/a');
  const except = outbound('x/a', { to: [block('10.0.0.0/8', '10.0.0.2/32')] });
  table('35', 'x/a x/b x/c', 'TCP 80', [except], 'x/a -> x/b');
  table('36', 'x/a x/b x/c', 'TCP 80', [outbound('x/a', { to: [block('10.0.0.2/32')] })], 'x/a -> x/c');
  table('36, as a union (NP-15)', 'x/a x/b x/c', 'TCP 80', [except, outbound('x/a', { to: [block('10.0.0.2/32')] })]);
  table('37, before', three, 'TCP 80', [outbound('x/a', {})]);
  table('37, after', three, 'TCP 80', [outbound('x/a', {}), inbound('x/a')], '* -> x/a');
  table('38', 'x/a y/a', 'TCP 81', [inbound('x'), inbound('x/a', on(81, 'SCTP'))], '* -> x/*');
  table('39', 'x/a y/a', 'TCP 81', [inbound('x/a', on(80, 'SCTP'))], '* -> x/a');
  table('40', 'x/a y/a', 'TCP 81', [inbound('x/a', on(81, 'UDP'))], '* -> x/a');
  table('42', spaces, 'TCP 80', [outbound('x/a', { to: [inSpaces(expression(NAME, 'NotIn', 'y'))] })], 'x/a -> y/*');
  for (const protocol of ['UDP', 'SCTP'] as const) {
    table('43, 46', four, `${protocol} 80`, [inbound('x')], '* -> x/*');
    table('44, 47', spaces, `${protocol} 81`, [inbound('x/a', { from: [y], ...on(81, protocol) })], allButY);
    table('45, 48', three, `${protocol} 80`, [inbound('x/a', { from: [{ ...y, ...a }] })], 'x/b -> x/a');
  }
});
