import type { FabricLint } from '../../finding/fabric-lint';
import type { Carriage } from '../fabric';
import { nodeNetworkOf } from '../node-network';
import type { FabricLintRule } from './rule';

/** PTL317: declared nodes between which there is no way for packets of pods (NET-04). */
export const noWay: FabricLintRule = (cluster, { links }) => {
  if (links.length === 0) return [];
  const nodes = nodeNetworkOf(cluster);
  const within = links.map((link) => link.within).find(isShut);
  if (within && nodes.count > 1) {
    const between = ['one node', 'another'] as const;
    return [{ code: 'PTL317', severity: 'error', field: ['cni'], between, because: within.because, expected: WITHIN }];
  }
  const [lint] = links.flatMap(({ family, across }): readonly FabricLint[] => {
    const apart = isShut(across) ? nodes.apart(family) : undefined;
    if (!apart || !isShut(across)) return [];
    const [one, other] = apart;
    const between = [one.of, other.of] as const;
    const field = other.field ?? one.field ?? ['nodes'];
    return [{ code: 'PTL317', severity: 'error', field, between, because: across.because, expected: ACROSS }];
  });
  return lint ? [lint] : [];
};

const WITHIN = 'have packets wrapped on their way from node to node, or routes made';
const ACROSS = 'have packets wrapped where there is a router between the nodes, or put the nodes into one subnet';

function isShut(carriage: Carriage): carriage is Carriage & { by: 'unreachable' } {
  return carriage.by === 'unreachable';
}
