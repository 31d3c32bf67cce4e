import {
  allows,
  both,
  constraintOf,
  exampleOf,
  isImpossible,
  isWithin,
  type LabelConstraint,
  type Requirement,
  UNCONSTRAINED,
} from './label-constraint';
import type { Labels } from './labels';

export { type Operator, opposite, type Requirement } from './label-constraint';

/** `maybe` where labels that nobody declared would decide. */
export type Match = 'yes' | 'no' | 'maybe';

/** An immutable conjunction of requirements on labels (NP-13). */
export class LabelSelector {
  /** The empty selector `{}`, which matches every object. */
  static readonly everything = new LabelSelector([]);

  /** The conjunction of requirements, in any order. */
  static of(requirements: Iterable<Requirement>): LabelSelector {
    return LabelSelector.joining(Array.from(requirements, normalized));
  }

  private static joining(all: readonly Requirement[]): LabelSelector {
    const unique = new Map(all.map((requirement) => [identity(requirement), requirement]));
    const keys = [...unique.keys()].sort();
    return keys.length === 0 ? LabelSelector.everything : new LabelSelector(keys.map((key) => unique.get(key)!));
  }

  /** The selector of `matchLabels`: every label must have exactly this value. */
  static fromLabels(labels: ReadonlyMap<string, string> | Record<string, string>): LabelSelector {
    const all: Requirement[] = [];
    const entries: Iterable<readonly [string, string]> = labels instanceof Map ? labels : Object.entries(labels);
    for (const [key, value] of entries) all.push({ key, operator: 'In', values: [value] });
    // Nearly every selector asks for one label.
    return all.length === 1 ? new LabelSelector(all) : LabelSelector.joining(all);
  }

  /** What is asked of each key, in the order of keys: there are few. */
  private readonly asked: readonly Asked[];

  #key: string | undefined;
  #satisfiable: boolean | undefined;

  private constructor(
    /** Sorted by key, then operator and values; unique. */
    readonly requirements: readonly Requirement[],
  ) {
    this.asked = requirements.length === 1 ? [askedBy(requirements[0])] : joined(requirements.map(askedBy));
  }

  /** Equal selectors, and only those, have the same key. */
  get key(): string {
    this.#key ??= this.requirements.map(identity).join('');
    return this.#key;
  }

  get isEverything(): boolean {
    return this.requirements.length === 0;
  }

  /** Whether an object with these labels is selected; a key that decides against it beats all doubt. */
  match(labels: Labels): Match {
    let result: Match = 'yes';
    for (const { key, constraint } of this.asked) {
      const answer = matchKey(labels, key, constraint);
      if (answer === 'no') {
        return 'no';
      }
      if (answer === 'maybe') {
        result = 'maybe';
      }
    }
    return result;
  }

  /** Whether every label set that this matches, `other` matches too. Exact: keys are independent of each other. */
  implies(other: LabelSelector): boolean {
    if (this === other || !this.isSatisfiable()) {
      return true;
    }
    for (const { key, constraint } of other.asked) {
      if (!isWithin(this.askedOf(key) ?? UNCONSTRAINED, constraint)) {
        return false;
      }
    }
    return true;
  }

  /** Whether some label set is matched: `In [a]` and `NotIn [a]` of one key match none. */
  isSatisfiable(): boolean {
    this.#satisfiable ??= !this.asked.some(({ constraint }) => isImpossible(constraint));
    return this.#satisfiable;
  }

  /** Whether some label set is matched by both. Exact: keys are independent of each other. */
  intersects(other: LabelSelector): boolean {
    if (!this.isSatisfiable() || !other.isSatisfiable()) {
      return false;
    }
    for (const { key, constraint } of this.asked) {
      const others = other.askedOf(key);
      if (others !== undefined && isImpossible(both(constraint, others))) {
        return false;
      }
    }
    return true;
  }

  /** A smallest label set that is matched, always the same; undefined when none is. */
  example(): ReadonlyMap<string, string> | undefined {
    const labels = new Map<string, string>();
    for (const { key, constraint } of this.asked) {
      const { absent, present } = constraint;
      const value = absent ? undefined : exampleOf(present);
      if (value !== undefined) {
        labels.set(key, value);
      } else if (!absent) {
        return undefined;
      }
    }
    return labels;
  }

  /** What both select. */
  and(other: LabelSelector): LabelSelector {
    if (this === other || other.isEverything) {
      return this;
    }
    return this.isEverything ? other : LabelSelector.of([...this.requirements, ...other.requirements]);
  }

  /** The label keys that decide, sorted. */
  keys(): readonly string[] {
    return this.asked.map(({ key }) => key);
  }

  /** Whether the requirements are the same; selectors that ask the same in different words imply each other but are not equal. */
  equals(other: LabelSelector): boolean {
    return this === other || this.key === other.key;
  }

  private askedOf(key: string): LabelConstraint | undefined {
    for (const asked of this.asked) {
      if (asked.key === key) return asked.constraint;
    }
    return undefined;
  }

  /** In kubectl's notation, e.g. `app=web,tier in (a,b),!legacy`; `everything` when there is no requirement. */
  toString(): string {
    return this.requirements.map(format).join(',') || 'everything';
  }
}

interface Asked {
  readonly key: string;
  readonly constraint: LabelConstraint;
}

function askedBy(requirement: Requirement): Asked {
  return { key: requirement.key, constraint: constraintOf(requirement) };
}

/** INVARIANT: what is asked of one key stands together. */
function joined(asked: readonly Asked[]): readonly Asked[] {
  const result: Asked[] = [];
  for (const each of asked) {
    const last = result.at(-1);
    if (last?.key !== each.key) result.push(each);
    else result[result.length - 1] = { key: each.key, constraint: both(last.constraint, each.constraint) };
  }
  return result;
}

function matchKey({ known, open, withheld }: Labels, key: string, constraint: LabelConstraint): Match {
  const value = known.get(key);
  if (value !== undefined) {
    return allows(constraint.present, value) ? 'yes' : 'no';
  }
  if (withheld?.has(key)) {
    const { allBut, values } = constraint.present;
    if (values.length === 0) return allBut ? 'yes' : 'no';
    return 'maybe';
  }
  if (!open) {
    return constraint.absent ? 'yes' : 'no';
  }
  return isImpossible(constraint) ? 'no' : 'maybe';
}

function normalized({ key, operator, values }: Requirement): Requirement {
  const counts = operator === 'In' || operator === 'NotIn';
  if (!counts) return { key, operator, values: [] };
  return { key, operator, values: values.length === 1 ? values.slice() : [...new Set(values)].sort() };
}

/** Unambiguous whatever the texts hold, and sorted like the requirement itself: by key, operator, values. */
function identity({ key, operator, values }: Requirement): string {
  return JSON.stringify([key, operator, ...values]);
}

function format({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(',')})`;
    case 'NotIn':
      return `${key} notin (${values.join(',')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
  }
}
