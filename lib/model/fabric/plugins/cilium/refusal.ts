import type { CiliumSpec } from '../../../cluster/cni/cilium';
import type { ClusterProfile } from '../../../cluster/profile';
import type { FabricLint } from '../../../finding/fabric-lint';
import type { FieldPath } from '../../../finding/origin';

export type Objections = (spec: CiliumSpec, profile: ClusterProfile) => readonly FabricLint[];

/** PTL315 */
export function refusal(
  key: string,
  problem: string,
  expected: string,
  {
    field = ['cni', ...key.split('.')],
    severity = 'error',
  }: { field?: FieldPath; severity?: 'error' | 'warning' } = {},
): FabricLint {
  return { code: 'PTL315', severity, field, option: key, problem, expected };
}
