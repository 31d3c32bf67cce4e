import fc from 'fast-check';
import { LabelSelector, type Match, type Operator, type Requirement } from '../../../lib/model/values/label-selector';
import { closedLabels, type Labels, openLabels } from '../../../lib/model/values/labels';

function selector(...requirements: [key: string, operator: Operator, ...values: string[]][]): LabelSelector {
  return LabelSelector.of(requirements.map(([key, operator, ...values]) => ({ key, operator, values })));
}

describe('matching labels (NP-13)', () => {
  const present = closedLabels({ env: 'prod' });
  const absent = closedLabels({});
  const open = openLabels({});

  test.each<[Operator, string[], string, string, string, string]>([
    ['In', ['prod'], 'yes', 'no', 'no', 'maybe'],
    ['NotIn', ['prod'], 'no', 'yes', 'yes', 'maybe'],
    ['Exists', [], 'yes', 'yes', 'no', 'maybe'],
    ['DoesNotExist', [], 'no', 'no', 'yes', 'maybe'],
  ])(
    'NP-13: %s %j: with the value %s, with another %s, without the key %s, unknown %s',
    (operator, values, ...answers) => {
      const asked = selector(['env', operator, ...values]);
      const labels = [present, closedLabels({ env: 'dev' }), absent, open];
      expect(labels.map((one) => asked.match(one))).toEqual(answers);
    },
  );

  test.each<[Match, Labels]>([
    ['yes', closedLabels({ app: 'web', tier: 'front' })],
    ['no', closedLabels({ app: 'web' })],
    ['maybe', openLabels({ app: 'web' })],
    ['no', openLabels({ app: 'api' })],
  ])('NP-13: requirements are ANDed, and a no beats all doubt (%s)', (answer, labels) => {
    expect(selector(['app', 'In', 'web'], ['tier', 'Exists']).match(labels)).toBe(answer);
  });

  it('does not doubt what no label could satisfy', () => {
    expect(selector(['app', 'In', 'web'], ['app', 'NotIn', 'web']).match(openLabels({}))).toBe('no');
  });

  it('NP-13: the empty selector matches everything', () => {
    expect(LabelSelector.everything.match(closedLabels({}))).toBe('yes');
    expect(LabelSelector.everything.match(openLabels({}))).toBe('yes');
    expect(LabelSelector.fromLabels({}).isEverything).toBe(true);
  });

  it('takes a known label with the empty value as present', () => {
    const labels = closedLabels(new Map([['app', '']]));
    expect(selector(['app', 'Exists']).match(labels)).toBe('yes');
    expect(selector(['app', 'In', '']).match(labels)).toBe('yes');
  });

  it('is not fooled by names that every object has', () => {
    expect(selector(['constructor', 'Exists']).match(closedLabels({}))).toBe('no');
  });
});

describe('the form of a selector', () => {
  it("is kubectl's notation, sorted by key", () => {
    const asked = selector(
      ['tier', 'In', 'b', 'a', 'a'],
      ['team', 'Exists'],
      ['legacy', 'DoesNotExist'],
      ['env', 'NotIn', 'prod'],
      ['app', 'In', 'web'],
    );
    expect(String(asked)).toBe('app=web,env notin (prod),!legacy,team,tier in (a,b)');
    expect(asked.keys()).toEqual(['app', 'env', 'legacy', 'team', 'tier']);
    expect(String(LabelSelector.everything)).toBe('everything');
  });

  it('is the same for the same requirements in any order and number', () => {
    const one = selector(['a', 'In', 'x', 'y'], ['b', 'Exists']);
    const other = selector(['b', 'Exists'], ['a', 'In', 'y', 'x'], ['b', 'Exists']);
    expect(one.equals(other)).toBe(true);
    expect(one.key).toBe(other.key);
    expect(one.requirements).toEqual([
      { key: 'a', operator: 'In', values: ['x', 'y'] },
      { key: 'b', operator: 'Exists', values: [] },
    ]);
  });

  it('is In with one value for matchLabels', () => {
    expect(LabelSelector.fromLabels({ app: 'web' }).equals(selector(['app', 'In', 'web']))).toBe(true);
    expect(LabelSelector.fromLabels(new Map([['app', 'web']])).key).toBe(selector(['app', 'In', 'web']).key);
  });

  it('tells selectors apart whose text is alike', () => {
    expect(selector(['a', 'In', 'x,y']).key).not.toBe(selector(['a', 'In', 'x', 'y']).key);
  });

  it('is kept by and() where nothing is added', () => {
    const asked = selector(['a', 'Exists']);
    expect(asked.and(LabelSelector.everything)).toBe(asked);
    expect(LabelSelector.everything.and(asked)).toBe(asked);
    expect(asked.and(asked)).toBe(asked);
  });
});

describe('the example of a selector', () => {
  test.each<[LabelSelector, Record<string, string> | undefined]>([
    [LabelSelector.everything, {}],
    [selector(['app', 'In', 'web', 'api']), { app: 'api' }],
    [selector(['app', 'In', 'web', 'api'], ['app', 'NotIn', 'api']), { app: 'web' }],
    [selector(['app', 'Exists']), { app: 'any' }],
    [selector(['app', 'Exists'], ['app', 'NotIn', 'any', 'any-2']), { app: 'any-3' }],
    [selector(['app', 'NotIn', 'web'], ['env', 'DoesNotExist']), {}],
    [selector(['app', 'Exists'], ['app', 'DoesNotExist']), undefined],
  ])('of %s', (asked, example) => {
    expect(asked.example()).toEqual(example && new Map(Object.entries(example)));
  });
});

describe('implication', () => {
  test.each<[LabelSelector, LabelSelector, boolean]>([
    [selector(['a', 'In', 'x']), selector(['a', 'In', 'x', 'y']), true],
    [selector(['a', 'In', 'x', 'y']), selector(['a', 'In', 'x']), false],
    [selector(['a', 'In', 'x']), selector(['a', 'NotIn', 'y']), true],
    [selector(['a', 'In', 'x']), selector(['a', 'Exists']), true],
    [selector(['a', 'NotIn', 'x']), selector(['a', 'Exists']), false],
    [selector(['a', 'DoesNotExist']), selector(['a', 'NotIn', 'x']), true],
    [selector(['a', 'In', 'x', 'y'], ['a', 'NotIn', 'y']), selector(['a', 'In', 'x']), true],
    [selector(['a', 'NotIn', 'x'], ['a', 'Exists']), selector(['a', 'In', 'y']), false],
    [selector(['a', 'In', 'x'], ['b', 'Exists']), selector(['a', 'In', 'x']), true],
    [selector(['a', 'In', 'x']), selector(['a', 'In', 'x'], ['b', 'Exists']), false],
    [selector(['a', 'In', 'x'], ['a', 'In', 'y']), selector(['b', 'Exists']), true],
    [LabelSelector.everything, selector(['a', 'NotIn', 'x']), false],
    [selector(['a', 'Exists']), LabelSelector.everything, true],
  ])('from %s to %s is %s', (from, to, answer) => {
    expect(from.implies(to)).toBe(answer);
  });
});

const KEYS = ['a', 'b'];
const VALUES = ['x', 'y', 'any'];
/** INVARIANT: no selector of a property names `fresh`, so it stands for all the values that selectors leave out. */
const LABEL_SETS: readonly Record<string, string>[] = [undefined, 'fresh', ...VALUES].flatMap((a) =>
  [undefined, 'fresh', ...VALUES].map((b) => ({ ...(a && { a }), ...(b && { b }) })),
);

const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record({
    key: fc.constantFrom(...KEYS),
    operator: fc.constantFrom<Operator>('In', 'NotIn'),
    values: fc.subarray(VALUES, { minLength: 1 }),
  }),
  fc.record({
    key: fc.constantFrom(...KEYS),
    operator: fc.constantFrom<Operator>('Exists', 'DoesNotExist'),
    values: fc.constant([]),
  }),
);
const requirementLists = fc.array(requirement, { maxLength: 4 });
const selectors = requirementLists.map((list) => LabelSelector.of(list));

/** NP-13, read from the API's words one requirement at a time. */
function satisfies(labels: Record<string, string>, { key, operator, values }: Requirement): boolean {
  const value: string | undefined = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}

function matches(asked: LabelSelector): boolean[] {
  return LABEL_SETS.map((labels) => asked.match(closedLabels(labels)) === 'yes');
}

describe('selectors, against every label set of a small alphabet', () => {
  it('match exactly what every requirement accepts', () => {
    fc.assert(
      fc.property(requirementLists, (list) => {
        const expected = LABEL_SETS.map((labels) => list.every((one) => satisfies(labels, one)));
        expect(matches(LabelSelector.of(list))).toEqual(expected);
      }),
    );
  });

  it('match open labels for sure only if every completion agrees', () => {
    fc.assert(
      fc.property(selectors, fc.constantFrom(...LABEL_SETS), (asked, known) => {
        const completions = LABEL_SETS.filter((labels) =>
          KEYS.every((key) => !known[key] || known[key] === labels[key]),
        );
        const answers = new Set(completions.map((labels) => asked.match(closedLabels(labels))));
        expect(asked.match(openLabels(known))).toBe(answers.size === 1 ? [...answers][0] : 'maybe');
      }),
    );
  });

  it('imply each other exactly when every label set says so', () => {
    fc.assert(
      fc.property(selectors, selectors, (a, b) => {
        const [inA, inB] = [matches(a), matches(b)];
        expect(a.implies(b)).toBe(inA.every((yes, i) => !yes || inB[i]));
      }),
      { numRuns: 500 },
    );
  });

  it('give a smallest example exactly when they are satisfiable', () => {
    fc.assert(
      fc.property(selectors, (asked) => {
        const sizes = LABEL_SETS.filter((_, i) => matches(asked)[i]).map((labels) => Object.keys(labels).length);
        const example = asked.example();
        expect(asked.isSatisfiable()).toBe(sizes.length > 0);
        expect(example?.size).toBe(sizes.length > 0 ? Math.min(...sizes) : undefined);
        expect(example === undefined || asked.match(closedLabels(example)) === 'yes').toBe(true);
      }),
    );
  });

  it('have the same example where they mean the same', () => {
    fc.assert(
      fc.property(selectors, selectors, (a, b) => {
        const isSame = a.implies(b) && b.implies(a);
        expect(isSame ? b.example() : a.example()).toEqual(a.example());
      }),
      { numRuns: 1000 },
    );
  });

  it('intersect exactly when some label set matches both', () => {
    fc.assert(
      fc.property(selectors, selectors, (a, b) => {
        const [inA, inB] = [matches(a), matches(b)];
        expect(a.intersects(b)).toBe(inA.some((yes, i) => yes && inB[i]));
      }),
      { numRuns: 500 },
    );
  });

  it('are conjoined by and()', () => {
    fc.assert(
      fc.property(selectors, selectors, (a, b) => {
        const [inA, inB] = [matches(a), matches(b)];
        expect(matches(a.and(b))).toEqual(inA.map((yes, i) => yes && inB[i]));
        expect(a.and(b).equals(b.and(a))).toBe(true);
      }),
    );
  });
});
