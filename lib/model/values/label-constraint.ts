export type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

/** One condition on one label. `values` is sorted, unique, and empty for `Exists` and `DoesNotExist`. */
export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

/** Some values, sorted, or all values except some. Each is there once; there are few. */
export interface ValueSet {
  readonly allBut: boolean;
  readonly values: readonly string[];
}

/** What a conjunction of requirements asks of one key: whether it may be absent, and which values it may have. */
export interface LabelConstraint {
  readonly absent: boolean;
  readonly present: ValueSet;
}

const NOTHING: readonly string[] = [];

/** What is asked of a key that no requirement names. */
export const UNCONSTRAINED: LabelConstraint = { absent: true, present: { allBut: true, values: NOTHING } };

/** `NotIn` and `DoesNotExist` also accept objects without the key (NP-13). */
export function constraintOf(requirement: Requirement): LabelConstraint {
  switch (requirement.operator) {
    case 'In':
      return { absent: false, present: { allBut: false, values: requirement.values } };
    case 'NotIn':
      return { absent: true, present: { allBut: true, values: requirement.values } };
    case 'Exists':
      return { absent: false, present: { allBut: true, values: NOTHING } };
    case 'DoesNotExist':
      return { absent: true, present: { allBut: false, values: NOTHING } };
  }
}

const OPPOSITES = { In: 'NotIn', NotIn: 'In', Exists: 'DoesNotExist', DoesNotExist: 'Exists' } as const;

/** The requirement that holds exactly where this one does not, labels that are not there included (NP-13). */
export function opposite({ key, operator, values }: Requirement): Requirement {
  return { key, operator: OPPOSITES[operator], values };
}

/** What both ask together. */
export function both(a: LabelConstraint, b: LabelConstraint): LabelConstraint {
  return { absent: a.absent && b.absent, present: intersect(a.present, b.present) };
}

/** Whether nothing can be what is asked, such as `In [a]` together with `NotIn [a]`. */
export function isImpossible({ absent, present }: LabelConstraint): boolean {
  return !absent && !present.allBut && present.values.length === 0;
}

/** Whether whatever `narrow` accepts, `wide` accepts too. */
export function isWithin(narrow: LabelConstraint, wide: LabelConstraint): boolean {
  return (wide.absent || !narrow.absent) && isSubset(narrow.present, wide.present);
}

export function allows({ allBut, values }: ValueSet, value: string): boolean {
  return values.includes(value) !== allBut;
}

/** A value that the set holds: the first, or a made-up one where any but some will do. */
export function exampleOf(set: ValueSet): string | undefined {
  if (!set.allBut) {
    return set.values[0];
  }
  let example = 'any';
  for (let n = 2; set.values.includes(example); n++) {
    example = `any-${n}`;
  }
  return example;
}

function intersect(a: ValueSet, b: ValueSet): ValueSet {
  if (a.allBut && b.allBut) {
    return { allBut: true, values: [...new Set([...a.values, ...b.values])] };
  }
  const [some, other] = a.allBut ? [b, a] : [a, b];
  return { allBut: false, values: some.values.filter((value) => allows(other, value)) };
}

/** INVARIANT: there are more label values than any list holds, so all but some is never within some. */
function isSubset(narrow: ValueSet, wide: ValueSet): boolean {
  if (narrow.allBut) {
    return wide.allBut && wide.values.every((value) => narrow.values.includes(value));
  }
  return narrow.values.every((value) => allows(wide, value));
}
