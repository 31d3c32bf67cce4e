import type { FieldPath } from '../finding/origin';

/** Takes note of what is wrong with a field of a profile; `known` are the words from which to guess what was meant. */
export type Report = (
  field: FieldPath,
  got: unknown,
  problem: string,
  expected: string,
  known?: readonly string[],
) => void;
