import { type IpAddress, parseIp } from '../values/ip';
import type { ClusterProfile } from './profile';
import { fieldsOf } from './profile-fields';
import type { Report } from './profile-report';

const KEYS: readonly string[] = ['pods', 'nodeLocal'];
const POD_MODES = ['disabled', 'insecure', 'verified'] as const;
/** DNS-27: where NodeLocal DNSCache listens unless it is told otherwise. */
const NODE_LOCAL = '169.254.20.10';

/** Reads the `dns` of a profile. */
export function parseDns(value: unknown, fault: Report): ClusterProfile['dns'] {
  const fields = fieldsOf({ dns: value }, [], fault).map('dns', KEYS);
  if (!fields) return { pods: 'insecure' };
  return {
    pods: fields.choice('pods', POD_MODES) ?? 'insecure',
    nodeLocal: parseNodeLocal(fields.raw('nodeLocal'), fault),
  };
}

function parseNodeLocal(value: unknown, fault: Report): IpAddress | undefined {
  if (value === undefined || value === false) return undefined;
  const text = value === true ? NODE_LOCAL : value;
  const parsed = typeof text === 'string' ? parseIp(text) : undefined;
  if (parsed?.ok) return parsed.address;
  const problem = parsed?.problem ?? 'this is neither true, false nor an address';
  fault(['dns', 'nodeLocal'], value, problem, `true, false or an address such as "${NODE_LOCAL}"`);
  return undefined;
}
