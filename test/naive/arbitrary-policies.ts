import fc from 'fast-check';
import type {
  Direction,
  EgressRule,
  IngressRule,
  LabelExpression,
  Nullable,
  Peer,
  PolicyPort,
  PolicySpec,
  Protocol,
  Selector,
} from './manifests';

export const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];
export const PORT_NAMES = ['web', 'dns', 'metrics'] as const;
export const PORT_NUMBERS = [53, 80, 81, 8080] as const;
export const NAMESPACE_NAMES = ['x', 'y', 'z'] as const;

/** The labels of pods and of namespaces: few enough that selectors often meet them. */
export const POD_LABELS = { app: ['web', 'db'], tier: ['front'] } as const;
export const NAMESPACE_LABELS = { team: ['red', 'blue'] } as const;

/** What a namespaceSelector may mention. */
export const NAMESPACES = { ...NAMESPACE_LABELS, 'kubernetes.io/metadata.name': NAMESPACE_NAMES };

/** Blocks around the addresses that pods, nodes and outsiders have in `arbitraries.ts`. */
export const BLOCKS: readonly (readonly [cidr: string, ...excepts: string[]])[] = [
  ['0.0.0.0/0', '10.244.0.0/16', '203.0.113.0/24'],
  ['10.0.0.0/8', '10.244.1.0/24'],
  ['10.244.1.0/24', '10.244.1.128/25'],
  ['10.244.1.7/32'],
  ['192.168.0.0/16', '192.168.77.12/32'],
  ['203.0.113.0/24', '203.0.113.64/26'],
  ['::/0', 'fd00:10:244::/56', '2001:db8::/32'],
  ['fd00:10:244::/56', 'fd00:10:244:1::/64'],
  ['fd00:77::/64', 'fd00:77::12/128'],
  ['2001:db8::/32', '2001:db8:1::/48'],
];

const protocol = fc.constantFrom(...PROTOCOLS);

/** Every shape that the API server accepts of a policy's spec; a key whose value is undefined is absent. */
export function arbitrarySpec(): fc.Arbitrary<PolicySpec> {
  return fc.record({
    podSelector: fc.oneof(fc.constantFrom(undefined, {}), selector(POD_LABELS)),
    policyTypes: fc.constantFrom<(Direction[] | undefined)[]>(
      undefined,
      [],
      ['Ingress'],
      ['Egress'],
      ['Ingress', 'Egress'],
    ),
    ingress: absentNullEmptyOr(ingressRule(), 6),
    egress: absentNullEmptyOr(egressRule(), 6),
  });
}

function ingressRule(): fc.Arbitrary<IngressRule> {
  return emptyOr(fc.record({ from: absentNullEmptyOr(peer(), 9), ports: absentNullEmptyOr(policyPort(), 4) }));
}

function egressRule(): fc.Arbitrary<EgressRule> {
  return emptyOr(fc.record({ to: absentNullEmptyOr(peer(), 9), ports: absentNullEmptyOr(policyPort(), 4) }));
}

function peer(): fc.Arbitrary<Peer> {
  const podSelector = selector(POD_LABELS);
  const namespaceSelector = selector(NAMESPACES);
  return fc.oneof(
    fc.record({ podSelector }),
    fc.record({ namespaceSelector }),
    fc.record({ podSelector, namespaceSelector }),
    fc.record({ ipBlock: ipBlock() }),
  );
}

function ipBlock() {
  return fc.constantFrom(...BLOCKS).chain(([cidr, ...excepts]) =>
    fc.oneof(
      fc.constant({ cidr }),
      fc.subarray(excepts).map((except) => ({ cidr, except })),
    ),
  );
}

function policyPort(): fc.Arbitrary<PolicyPort> {
  const port = fc.constantFrom(...PORT_NUMBERS);
  const range = fc.record({ port, length: fc.constantFrom(0, 1, 28, 65535) });
  const shapes = fc.oneof(
    fc.constant({}),
    fc.record({ port }),
    fc.record({ port: fc.constantFrom(...PORT_NAMES) }),
    range.map(({ port: first, length }) => ({ port: first, endPort: Math.min(first + length, 65535) })),
  );
  return fc
    .tuple(shapes, fc.option(protocol))
    .map(([shape, named]) => (named === null ? shape : { ...shape, protocol: named }));
}

export function selector(alphabet: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<Selector> {
  const key = fc.constantFrom(...Object.keys(alphabet));
  const matchLabels = fc
    .tuple(...Object.entries(alphabet).map(([name, values]) => fc.tuple(fc.constant(name), fc.constantFrom(...values))))
    .chain((pairs) => fc.subarray(pairs))
    .map((pairs) => Object.fromEntries(pairs));
  const expression: fc.Arbitrary<LabelExpression> = key.chain((name) =>
    fc.oneof(
      fc.record({
        key: fc.constant(name),
        operator: fc.constantFrom('In' as const, 'NotIn' as const),
        values: fc.subarray([...alphabet[name]], { minLength: 1 }),
      }),
      fc.record({ key: fc.constant(name), operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const) }),
    ),
  );
  const matchExpressions = fc.array(expression, { minLength: 1, maxLength: 2 });
  return fc.oneof(
    fc.constant({}),
    fc.record({ matchLabels }),
    fc.record({ matchExpressions }),
    fc.record({ matchLabels, matchExpressions }),
  );
}

/** A list, an empty one or none. Each of them means something else at another level (NP-07). */
function absentNullEmptyOr<T>(item: fc.Arbitrary<T>, weight: number): fc.Arbitrary<Nullable<readonly T[]>> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(undefined, null, []) },
    { weight, arbitrary: fc.array(item, { minLength: 1, maxLength: 2 }) },
  );
}

function emptyOr<T extends object>(rule: fc.Arbitrary<T>): fc.Arbitrary<T | Record<string, never>> {
  return fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 19, arbitrary: rule });
}
