import type { PortRange } from '../values/port-set';
import { parsePortRange } from './port-range-text';
import type { Report } from './profile-report';

/** SVC-20, NET-01: what API servers keep for node ports unless they are told otherwise. */
export const DEFAULT_NODE_PORT_RANGE: PortRange = { first: 30_000, last: 32_767 };

/** Reads the `nodePortRange` of a profile, which is what `--service-node-port-range` of the API server says. */
export function parseNodePortRange(value: unknown, fault: Report): PortRange {
  if (value === undefined) return DEFAULT_NODE_PORT_RANGE;
  const range = typeof value === 'string' ? parsePortRange(value) : undefined;
  if (range) return range;
  fault(['nodePortRange'], value, 'this is no range of ports', 'a text such as "30000-32767"');
  return DEFAULT_NODE_PORT_RANGE;
}
