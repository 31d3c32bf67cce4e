import type { CiliumSpec } from '../../../cluster/cni/cilium';
import type { ClusterProfile } from '../../../cluster/profile';
import type { FabricLint } from '../../../finding/fabric-lint';
import type { FieldPath } from '../../../finding/origin';
import { refusal as refusalOf } from '../refusal';

export type Objections = (spec: CiliumSpec, profile: ClusterProfile) => readonly FabricLint[];

/** PTL315, by the key of an option; its field is that of the profile which says it, where that is another. */
export function refusal(
  key: string,
  problem: string,
  expected: string,
  {
    field = ['cni', ...key.split('.')],
    severity = 'error',
  }: { field?: FieldPath; severity?: 'error' | 'warning' } = {},
): FabricLint {
  return refusalOf(field, key, problem, expected, severity);
}
