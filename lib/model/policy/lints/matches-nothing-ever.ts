import type { Lint, LintDetail } from '../../finding/lint';
import type { FieldPath } from '../../finding/origin';
import { blame } from '../../manifest/blame';
import type { LintRule } from './context';
import { allRules, type PlacedRule, type Policy, peerField, type Selecting, selectingPeers, subjectOf } from './places';

type Detail = Omit<LintDetail & { code: 'PTL132' }, 'code'>;

/** PTL132: a selector that contradicts itself (NP-13), or a block whose exceptions take all of it (NP-15, NP-16). */
export const matchesNothingEver: LintRule = (context) => [
  ...[...context.networkPolicies, ...context.clusterPolicies].flatMap((policy) =>
    contradictions(subjectOf(policy), 'subject'),
  ),
  ...allRules(context).flatMap((placed) => [
    ...selectingPeers(placed).flatMap((peer) => contradictions(peer, 'peer')),
    ...emptyBlocks(placed),
  ]),
];

function contradictions({ policy, selection, podsField, namespacesField }: Selecting, of: Detail['of']): Lint[] {
  const { pods, namespaces } = selection;
  const contradiction = (selector: typeof pods, field: FieldPath) =>
    selector.isSatisfiable() ? [] : [lint(policy, field, { of, what: 'selector', text: selector.toString() })];
  return [...contradiction(pods, podsField), ...(namespacesField ? contradiction(namespaces, namespacesField) : [])];
}

function emptyBlocks(placed: PlacedRule): Lint[] {
  return placed.rule.peers.flatMap((peer, i) => {
    if (peer.type !== 'ipBlock' || !peer.addresses.isEmpty) return [];
    const field = [...peerField(placed, i), 'ipBlock'];
    const text = `${peer.cidr} except ${peer.except.join(', ')}`;
    return [lint(placed.policy, field, { of: 'peer', what: 'block', text })];
  });
}

function lint(policy: Policy, field: FieldPath, detail: Detail): Lint {
  return { code: 'PTL132', severity: 'error', ...blame(policy, field), ...detail };
}
