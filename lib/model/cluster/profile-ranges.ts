import type { FieldPath } from '../finding/origin';
import { type Cidr, CidrSet, parseCidr } from '../values/cidr-set';
import type { Report } from './profile-report';

/** A range as a profile writes it, and where. */
export interface PlacedRange {
  readonly cidr: Cidr;
  readonly field: FieldPath;
}

/** Reads one range of addresses, or a list of them; nothing is the empty set. */
export function parseRanges(path: FieldPath, value: unknown, fault: Report): CidrSet {
  return CidrSet.of(...placedRanges(path, value, fault).map(({ cidr }) => cidr));
}

/** Likewise, each range by itself. */
export function placedRanges(path: FieldPath, value: unknown, fault: Report): readonly PlacedRange[] {
  if (value === undefined) return [];
  const ranges: PlacedRange[] = [];
  for (const [i, text] of (Array.isArray(value) ? value : [value]).entries()) {
    const field = Array.isArray(value) ? [...path, i] : path;
    if (typeof text !== 'string') {
      fault(field, text, 'this is no text', 'a CIDR such as "10.244.0.0/16"');
      continue;
    }
    const parsed = parseCidr(text);
    if (!parsed.ok) fault(field, text, parsed.problem, 'a CIDR such as "10.244.0.0/16"');
    else if (!parsed.canonical) fault(field, text, 'bits are set behind the prefix', 'the first address of the range');
    else ranges.push({ cidr: parsed.cidr, field });
  }
  return ranges;
}
