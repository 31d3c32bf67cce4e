import type { ClusterProfile } from './profile';
import { parseRanges } from './profile-ranges';
import type { Report } from './profile-report';

const KEYS: readonly string[] = ['masqueradeAll', 'nodePortAddresses'];

/** Reads the `kubeProxy` of a profile. */
export function parseKubeProxy(value: unknown, fault: Report): ClusterProfile['kubeProxy'] {
  if (value === undefined) return { masqueradeAll: false };
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    fault(['kubeProxy'], value, 'this is no map', `a map with some of ${KEYS.join(', ')}`);
    return { masqueradeAll: false };
  }
  const given: Readonly<Record<string, unknown>> = { ...value };
  for (const key of Object.keys(given).filter((key) => !KEYS.includes(key))) {
    fault(['kubeProxy', key], key, `\`kubeProxy\` has no field \`${key}\``, `some of ${KEYS.join(', ')}`, KEYS);
  }
  const { masqueradeAll = false, nodePortAddresses: addresses } = given;
  if (typeof masqueradeAll !== 'boolean') {
    fault(['kubeProxy', 'masqueradeAll'], masqueradeAll, 'this is neither true nor false', 'true or false');
  }
  const isPrimary = addresses === 'primary' || (Array.isArray(addresses) && addresses.join() === 'primary');
  const ranges = isPrimary ? 'primary' : parseRanges(['kubeProxy', 'nodePortAddresses'], addresses, fault);
  const nodePortAddresses = ranges !== 'primary' && ranges.isEmpty ? undefined : ranges;
  return { masqueradeAll: masqueradeAll === true, nodePortAddresses };
}
