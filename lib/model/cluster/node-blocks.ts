import type { IpFamily } from '../values/ip';
import { fieldsOf } from './profile-fields';
import type { Report } from './profile-report';

/** The length of each node's part of the pod ranges: one for IPv4, or one for each family. */
export type NodeCidrMaskSizeSpec = number | { readonly ipv4?: number; readonly ipv6?: number };

/** NET-02: what kube-controller-manager takes where it is not told otherwise. */
export const DEFAULT_NODE_MASK_SIZES: Readonly<Record<IpFamily, number>> = { 4: 24, 6: 64 };

/** Reads the `nodeCidrMaskSize` of a profile. */
export function parseNodeCidrMaskSize(value: unknown, fault: Report): Readonly<Record<IpFamily, number>> {
  if (value === undefined) return DEFAULT_NODE_MASK_SIZES;
  const key = 'nodeCidrMaskSize';
  const fields = fieldsOf({ [key]: value }, [], fault);
  if (typeof value !== 'object')
    return { ...DEFAULT_NODE_MASK_SIZES, 4: fields.integer(key, 1, 32) ?? DEFAULT_NODE_MASK_SIZES[4] };
  const families = fields.map(key, ['ipv4', 'ipv6']);
  return {
    4: families?.integer('ipv4', 1, 32) ?? DEFAULT_NODE_MASK_SIZES[4],
    6: families?.integer('ipv6', 1, 128) ?? DEFAULT_NODE_MASK_SIZES[6],
  };
}
