import type { Lint } from '../../finding/lint';
import { blame } from '../../manifest/blame';
import type { LintRule } from './context';
import { peerField, portField, rulesOfClusterPolicy } from './places';

/** PTL142: what a later version of the API may know. Until the cluster does, such a rule fails closed. */
export const unknownFields: LintRule = ({ clusterPolicies }) =>
  clusterPolicies.flatMap(rulesOfClusterPolicy).flatMap((placed): Lint[] => {
    const { policy, rule } = placed;
    const unknown = (what: 'peer' | 'port', parts: readonly { readonly type: string }[], fieldAt: typeof peerField) =>
      parts.flatMap((part, i): Lint[] => {
        if (!isUnknown(part)) return [];
        const detail = { what, keys: part.keys, action: rule.action };
        return [{ code: 'PTL142', severity: 'warning', ...blame(policy, fieldAt(placed, i)), ...detail }];
      });
    return [...unknown('peer', rule.peers, peerField), ...unknown('port', rule.ports, portField)];
  });

function isUnknown(part: {
  readonly type: string;
}): part is { readonly type: 'unknown'; readonly keys: readonly string[] } {
  return part.type === 'unknown';
}
