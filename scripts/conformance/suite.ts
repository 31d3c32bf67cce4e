/** What one suite found. */
export interface SuiteResult {
  readonly suite: string;
  readonly facts: number;
  readonly agreeing: number;
  /** One line each: the fact, what was expected and what the model says. */
  readonly disagreements: readonly string[];
  /** What was left out, and why. */
  readonly skipped: readonly Skipped[];
}

export interface Skipped {
  readonly what: string;
  readonly because: string;
}

/** A body of facts from elsewhere that the model must agree with. `data` is the folder that holds the corpus. */
export type Suite = (data: string) => Promise<SuiteResult>;

/** Collects the facts of one suite. */
export class Tally {
  private facts = 0;
  private readonly disagreements: string[] = [];
  private readonly skipped: Skipped[] = [];

  constructor(private readonly suite: string) {}

  /** @param problem what the model says instead; `undefined` where it agrees */
  fact(name: string, problem: string | undefined): void {
    this.facts += 1;
    if (problem !== undefined) this.disagreements.push(`${name}: ${problem}`);
  }

  skip(what: string, because: string): void {
    this.skipped.push({ what, because });
  }

  get result(): SuiteResult {
    const { suite, facts, disagreements, skipped } = this;
    return { suite, facts, agreeing: facts - disagreements.length, disagreements, skipped };
  }
}
