import type { ClusterProfile } from './profile';
import { fieldsOf } from './profile-fields';
import type { Report } from './profile-report';

const KEYS: readonly string[] = ['masqueradeAll', 'nodePortAddresses'];

/** Reads the `kubeProxy` of a profile. */
export function parseKubeProxy(value: unknown, fault: Report): ClusterProfile['kubeProxy'] {
  const fields = fieldsOf({ kubeProxy: value }, [], fault).map('kubeProxy', KEYS);
  if (!fields) return { masqueradeAll: false };
  const addresses = fields.raw('nodePortAddresses');
  const isPrimary = addresses === 'primary' || (Array.isArray(addresses) && addresses.join() === 'primary');
  const ranges = isPrimary ? 'primary' : fields.ranges('nodePortAddresses');
  const nodePortAddresses = ranges !== 'primary' && ranges.isEmpty ? undefined : ranges;
  return { masqueradeAll: fields.flag('masqueradeAll') ?? false, nodePortAddresses };
}
