import { type CidrSet, formatCidr } from '../../model/values/cidr-set';
import type { IpFamily } from '../../model/values/ip';

const FAMILIES = [4, 6] as const;

/** Ranges as texts, IPv4 first. */
export function textsOf(ranges: CidrSet): readonly string[] {
  return FAMILIES.flatMap((family) => ranges.ofFamily(family).toCidrs().map(formatCidr));
}

export function familiesIn(ranges: CidrSet): readonly IpFamily[] {
  return FAMILIES.filter((family) => !ranges.ofFamily(family).isEmpty);
}
