import type { CalicoSpec } from '../../../../cluster/cni/calico';
import type { ClusterProfile } from '../../../../cluster/profile';
import type { FabricLint } from '../../../../finding/fabric-lint';
import { refusal } from '../../refusal';
import { hasTypha } from '../node-traffic';

/** Up to so many nodes Calico's documentation has them ask the API server themselves. */
const NODES_WITHOUT_TYPHA = 50;

/** Typha, which stands between the nodes and the API server: PTL315. */
export function typhaObjections(spec: CalicoSpec, { nodes }: ClusterProfile): readonly FabricLint[] {
  if (hasTypha(spec)) return [];
  const field = ['cni', spec.typha === undefined ? 'install' : 'typha'];
  if (spec.install !== 'manifest') {
    const problem = 'The operator always runs Typha (NET-11).';
    const expected = 'leave it out, or say `install: manifest`';
    return [refusal(field, 'typha', problem, expected)];
  }
  const count = nodes.reduce((sum, group) => sum + (group.count ?? 0), 0);
  if (count <= NODES_WITHOUT_TYPHA) return [];
  const problem =
    `Without Typha each of the ${count} nodes watches the API server by itself: Calico's documentation has it run from ` +
    `${NODES_WITHOUT_TYPHA} nodes on (NET-11).`;
  const expected = 'install calico-typha.yaml and say `typha: true`';
  return [refusal(field, 'typha', problem, expected, 'warning')];
}
