import fc from 'fast-check';
import { networkPolicy, pod, read, service } from './reading';

const SOUND = [
  networkPolicy({
    podSelector: { matchLabels: { app: 'db' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['a'] }] },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ podSelector: {} }, { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }],
    egress: [
      { to: [{ namespaceSelector: {} }], ports: [{ protocol: 'TCP', port: 80, endPort: 90 }, { port: 'http' }] },
    ],
  }),
  service({
    type: 'NodePort',
    selector: { app: 'db' },
    ports: [{ name: 'sql', port: 80, targetPort: 'sql', nodePort: 30080 }],
  }),
  pod(
    { hostNetwork: true, containers: [{ ports: [{ containerPort: 80, name: 'http', protocol: 'TCP' }] }] },
    { status: { phase: 'Running', podIPs: [{ ip: '10.0.0.1' }], conditions: [{ type: 'Ready', status: 'True' }] } },
  ),
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'db', labels: { app: 'db' }, ownerReferences: [{ kind: 'X', name: 'x', controller: true }] },
    spec: { selector: { matchLabels: { app: 'db' } }, template: { metadata: { labels: { app: 'db' } }, spec: {} } },
  },
  {
    apiVersion: 'v1',
    kind: 'List',
    items: [pod({}), { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'a' } }],
  },
];

/** What authors, templates and tools put where something else belongs. */
const slip = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    0,
    -1,
    65536,
    1.5,
    Number.NaN,
    '',
    '80',
    'tcp',
    'None',
    [],
    {},
    [null],
    [[]],
  ),
  fc.string(),
  fc.jsonValue(),
  fc.constantFrom<unknown>('__proto__', 'constructor', 'toString', 80n, Symbol('x'), () => 80),
);

interface Slip {
  readonly at: number;
  readonly how: 'replace' | 'rename' | 'remove';
  readonly value: unknown;
  readonly name: string;
}

const slips = fc.array(
  fc.record<Slip>({
    at: fc.nat(),
    how: fc.constantFrom('replace', 'rename', 'remove'),
    value: slip,
    name: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'podselector', 'Port', 'items')),
  }),
  { minLength: 1, maxLength: 3 },
);

type Field = { readonly holder: Record<string, unknown>; readonly name: string };

function fieldsOf(value: unknown): Field[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name) => [{ holder, name }, ...fieldsOf(holder[name])]);
}

function mutate(object: unknown, { at, how, value, name }: Slip): void {
  const fields = fieldsOf(object);
  if (fields.length === 0) return;
  const field = fields[at % fields.length];
  if (how === 'replace') {
    field.holder[field.name] = value;
    return;
  }
  const old = field.holder[field.name];
  delete field.holder[field.name];
  // As JSON.parse does it, for which __proto__ is a name like any other.
  const written = { value: old, enumerable: true, configurable: true, writable: true };
  if (how === 'rename') Object.defineProperty(field.holder, name, written);
}

test('whatever becomes of a sound object, reading it never throws, and every fault says what is wrong and what is right', () => {
  fc.assert(
    fc.property(fc.nat(SOUND.length - 1), slips, (index, steps) => {
      const object = structuredClone(SOUND[index]);
      for (const step of steps) mutate(object, step);
      const { resources, faults } = read(object);
      for (const fault of faults) {
        expect(fault.problem).toMatch(/^\S.*[^.\s]$/s);
        expect(fault.expected).not.toBe('');
        expect(fault.code).toMatch(/^PTL0\d\d$/);
        expect(fault.origin).toEqual({ construct: 'test' });
      }
      // A List may have sound items beside others; every other object is either sound or not.
      if (index < SOUND.length - 1) expect(resources.length === 0 || faults.length === 0).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('the objects are sound before anything becomes of them', () => {
  expect(SOUND.flatMap((object) => read(object).faults)).toEqual([]);
});
