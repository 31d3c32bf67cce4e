import type { InputFault } from '../model/finding/input-fault';

/** The text of a file as it was read; `undefined` where nothing is known of it. */
export type TextOf = (file: string) => string | undefined;

/** Ends a run with all that is wrong with its input. */
export class RefusedInput extends Error {
  constructor(
    readonly faults: readonly InputFault[],
    readonly textOf: TextOf,
  ) {
    super(`${faults.length} faults in the input`);
    this.name = 'RefusedInput';
  }
}

/** Ends a run that was called in a way that makes no sense. */
export class BadUsage extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadUsage';
  }
}

/** Gathers faults from several inputs, so that a run tells all of them at once. */
export class Faults {
  private readonly all: InputFault[] = [];
  private readonly sources: TextOf[] = [];

  add(faults: readonly InputFault[], textOf?: TextOf): void {
    // A spread into push would overflow the stack with as many faults as a large broken dump has.
    for (const fault of faults) this.all.push(fault);
    if (textOf) this.sources.push(textOf);
  }

  /** @throws RefusedInput when there is any fault */
  refuse(): void {
    if (this.all.length > 0) throw new RefusedInput(this.all, this.textOf);
  }

  /** The texts of all inputs, to quote them. */
  readonly textOf: TextOf = (file) => {
    for (const source of this.sources) {
      const text = source(file);
      if (text !== undefined) return text;
    }
    return undefined;
  };
}
