import { type IpAddress, parseIp } from '../values/ip';
import type { ClusterProfile } from './profile';
import type { Report } from './profile-report';

const KEYS: readonly string[] = ['pods', 'nodeLocal'];
const POD_MODES = ['disabled', 'insecure', 'verified'] as const;
/** DNS-27: where NodeLocal DNSCache listens unless it is told otherwise. */
const NODE_LOCAL = '169.254.20.10';

/** Reads the `dns` of a profile. */
export function parseDns(value: unknown, fault: Report): ClusterProfile['dns'] {
  if (value === undefined) return { pods: 'insecure' };
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    fault(['dns'], value, 'this is no map', `a map with some of ${KEYS.join(', ')}`);
    return { pods: 'insecure' };
  }
  const given: Readonly<Record<string, unknown>> = { ...value };
  for (const key of Object.keys(given).filter((key) => !KEYS.includes(key))) {
    fault(['dns', key], key, `\`dns\` has no field \`${key}\``, `some of ${KEYS.join(', ')}`, KEYS);
  }
  const pods = POD_MODES.find((mode) => mode === given.pods);
  if (given.pods !== undefined && !pods) {
    fault(['dns', 'pods'], given.pods, 'CoreDNS has no such mode', `one of ${POD_MODES.join(', ')}`, POD_MODES);
  }
  return { pods: pods ?? 'insecure', nodeLocal: parseNodeLocal(given.nodeLocal, fault) };
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
