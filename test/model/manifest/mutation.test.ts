import fc from 'fast-check';
import { InvalidInputError } from '../../../lib/model/finding/invalid-input-error';
import { Network } from '../../../lib/model/network';
import { double, nested, pathsOf, put, rename } from './mutations';
import { read } from './reading';
import { REFUSED } from './refused';
import { SOUND } from './sound';

const KINDS = Object.entries(SOUND);
const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'then', '', 'é', 'spec.a[0]'];
const SLIPS = ['podselector', 'Port', 'items', 'tcp', 'None', 'x'.repeat(100_000)];

/** Values that templates, tools and slips leave behind, and those that programs trip over. */
const value = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, 0, -1, 80, 65536, 1.5, '', '80', 'default', [], {}, [null], [[]]),
  fc.constantFrom<unknown>(2 ** 31, 2 ** 53, 1e308, -1e308, Number.POSITIVE_INFINITY, Number.NaN, 10n ** 40n),
  fc.constantFrom<unknown>('💥', '\u0000', '\ud800', 'e\u0301', '\u202eabc', 'x'.repeat(300), '١٢', 'ⅷ'),
  fc.constantFrom<unknown>(...NAMES, ...SLIPS),
  fc
    .tuple(fc.constantFrom(3, 50, 200), fc.constantFrom('objects' as const, 'lists' as const))
    .map(([depth, sort]) => nested(depth, sort)),
  fc.string({ unit: 'grapheme' }),
  fc.jsonValue(),
);

type Mutation = (document: unknown) => unknown;

/** A way is taken by its number, for the document may have changed before. */
const mutation: fc.Arbitrary<Mutation> = fc
  .tuple(
    fc.nat(),
    fc.constantFrom('put', 'rename', 'double'),
    value,
    fc.oneof(fc.constantFrom(...NAMES, ...SLIPS), fc.string()),
  )
  .map(([at, how, value, name]) => (document) => {
    const paths = pathsOf(document);
    if (paths.length === 0) return document;
    const path = paths[at % paths.length];
    if (how === 'double') return double(document, path);
    return how === 'put' ? put(document, path, value) : rename(document, path, name);
  });

const mutated = fc
  .tuple(fc.constantFrom(...KINDS), fc.array(mutation, { minLength: 1, maxLength: 3 }))
  .map(([[, document], mutations]) => mutations.reduce<unknown>((made, mutate) => mutate(made), document));

test('a document is read or refused for a reason that names code, field and problem, and never breaks the reader', () => {
  fc.assert(
    fc.property(mutated, (document) => {
      const { resources, faults } = read(document);
      expect(resources).toHaveLength(faults.length === 0 ? 1 : 0);
      for (const { code, field, problem, expected, origin } of faults) {
        expect(code).toMatch(/^PTL0\d\d$/);
        expect(field).toMatch(/\S/);
        expect(problem).toMatch(/^\S.*[^.\s]$/s);
        expect(expected).toMatch(/\S/);
        expect(origin).toEqual({ construct: 'test' });
      }
    }),
    { numRuns: 800, seed: 20 },
  );
});

test('whatever is read can be asked about, beside all that is sound', () => {
  fc.assert(
    fc.property(mutated, (document) => {
      const { kind } = document as { readonly kind: string };
      const others = KINDS.flatMap(([, sound]) => ((sound as { readonly kind?: string }).kind === kind ? [] : sound));
      try {
        const network = Network.from([...others, document as object]);
        expect(network.map().connections).toBeDefined();
        expect(network.lints()).toBeDefined();
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidInputError);
      }
    }),
    { numRuns: 300, seed: 20 },
  );
});

test.each(['objects', 'lists'] as const)(
  'however deep %s are where a value belongs, the reader does not fall',
  (sort) => {
    const deep = nested(10_000, sort);
    for (const [, document] of KINDS) {
      for (const path of pathsOf(document)) read(put(document, path, deep));
    }
  },
);

test('a List gives its sound items, whatever became of the others', () => {
  const sound = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'sound' } };
  fc.assert(
    fc.property(mutated, (document) => {
      const { resources, faults } = read({ apiVersion: 'v1', kind: 'List', items: [document, sound] });
      expect(resources.map(({ name }) => name)).toContain('sound');
      expect(resources).toHaveLength(faults.length === 0 ? 2 : 1);
    }),
    { numRuns: 300, seed: 20 },
  );
});

test.each([[Symbol('a')], [() => 80], [80n], [new Date(0)], [new Map([['a', 1]])], [Object.create(null)]])(
  'what no JSON has is read or refused wherever it stands: %p',
  (value) => {
    for (const [, document] of KINDS) {
      for (const path of pathsOf(document)) {
        const { resources, faults } = read(put(document, path, value));
        expect(resources).toHaveLength(faults.length === 0 ? 1 : 0);
      }
    }
  },
);

test('before anything becomes of them, the documents are sound', () => {
  expect(KINDS.flatMap(([, document]) => read(document).faults)).toEqual([]);
});

test.each(REFUSED)('$what is refused', ({ document, fault }) => {
  const { resources, faults } = read(document);
  expect(resources).toEqual([]);
  expect(faults.map(({ code, field }) => `${code} ${field}`)).toContain(fault);
});
