import type { Position } from '../../model/finding/origin';
import type { Lines } from './lines';

/** One document of a text. */
export interface Found {
  readonly value: unknown;
  /** Offsets into the text. */
  readonly start: number;
  readonly end: number;
  readonly position: Position;
  /** Counted when first asked for. */
  readonly lines: () => Lines;
}
