/** Why an answer can't be known, and what would settle it. */
export interface Doubt {
  /** The rule that leaves it open, e.g. `NP-17`. */
  readonly rule: string;
  /** What the user could state to decide it, e.g. the profile's `podCidr`. */
  readonly wouldDecide: string;
  /** The namespace that the doubt is about, where it is about the pods of one only. */
  readonly namespace?: string;
}

/**
 * A set that is only known between two bounds: what surely belongs to it and what may.
 * INVARIANT: `must` is within `may`; usually they are the same object.
 */
export interface Ternary<S> {
  readonly must: S;
  readonly may: S;
  /** What keeps the two apart; absent when nothing does. */
  readonly because?: readonly Doubt[];
}

/** A set that is fully known. */
export function certain<S>(value: S): Ternary<S> {
  return { must: value, may: value };
}

/** A set of which only the bounds are known, and why. */
export function doubtful<S>(must: S, may: S, ...because: Doubt[]): Ternary<S> {
  return { must, may, because };
}

/** Each doubt once, whoever has it. */
export function distinctDoubts(doubts: readonly Doubt[]): readonly Doubt[] {
  return [...new Map(doubts.map((doubt) => [`${doubt.rule} ${doubt.wouldDecide}`, doubt])).values()];
}
