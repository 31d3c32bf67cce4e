import type { LineCounter } from 'yaml';
import type { Position } from '../../model/finding/origin';

/** One document of a text. */
export interface Found {
  readonly value: unknown;
  /** Offsets into the text. */
  readonly start: number;
  readonly end: number;
  readonly position: Position;
  /** Counted when first asked for. */
  readonly lines: () => LineCounter;
}
