import type { Lint, LintDetail } from '../../finding/lint';
import type { FieldPath } from '../../finding/origin';
import { blame } from '../../manifest/blame';
import { groupBy } from '../../values/group-by';
import { straysOf } from './absence';
import type { LintRule } from './context';
import { allRules, type PlacedRule, type Policy, peerField, type Selecting } from './places';

type Detail = Omit<LintDetail & { code: 'PTL132' }, 'code'>;

/** PTL132: a selector that contradicts itself (NP-13), or a block whose exceptions take all of it (NP-15, NP-16). */
export const matchesNothingEver: LintRule = (context) => {
  const byRule = groupBy(straysOf(context).contradictory, ({ rule }) => rule);
  const lints = (byRule.get(undefined) ?? []).flatMap((subject) => contradictions(subject, 'subject'));
  for (const placed of allRules(context)) {
    for (const peer of byRule.get(placed) ?? []) lints.push(...contradictions(peer, 'peer'));
    lints.push(...emptyBlocks(placed));
  }
  return lints;
};

function contradictions({ policy, selection, podsField, namespacesField }: Selecting, of: Detail['of']): Lint[] {
  const { pods, namespaces } = selection;
  const contradiction = (selector: typeof pods, field: FieldPath) =>
    selector.isSatisfiable() ? [] : [lint(policy, field, { of, what: 'selector', text: selector.toString() })];
  return [...contradiction(pods, podsField), ...(namespacesField ? contradiction(namespaces, namespacesField) : [])];
}

function emptyBlocks(placed: PlacedRule): Lint[] {
  const lints: Lint[] = [];
  for (const [i, peer] of placed.rule.peers.entries()) {
    if (peer.type !== 'ipBlock' || !peer.addresses.isEmpty) continue;
    const field = [...peerField(placed, i), 'ipBlock'];
    const text = `${peer.cidr} except ${peer.except.join(', ')}`;
    lints.push(lint(placed.policy, field, { of: 'peer', what: 'block', text }));
  }
  return lints;
}

function lint(policy: Policy, field: FieldPath, detail: Detail): Lint {
  return { code: 'PTL132', severity: 'error', ...blame(policy, field), ...detail };
}
