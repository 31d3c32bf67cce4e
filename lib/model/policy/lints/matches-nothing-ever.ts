import type { Lint, LintDetail } from '../../finding/lint';
import type { FieldPath } from '../../finding/origin';
import { blame } from '../../manifest/blame';
import { groupBy } from '../../values/group-by';
import type { LintRule } from './context';
import { allRules, type PlacedRule, type Policy, peerField, peersOf, type Selecting, subjectsOf } from './places';

type Detail = Omit<LintDetail & { code: 'PTL132' }, 'code'>;

/** PTL132: a selector that contradicts itself (NP-13), or a block whose exceptions take all of it (NP-15, NP-16). */
export const matchesNothingEver: LintRule = (context) => {
  const ofSubjects = subjectsOf(context).filter(isContradictory);
  const ofPeers = groupBy(peersOf(context).filter(isContradictory), ({ rule }) => rule);
  const lints = ofSubjects.flatMap((subject) => contradictions(subject, 'subject'));
  for (const placed of allRules(context)) {
    for (const peer of ofPeers.get(placed) ?? []) lints.push(...contradictions(peer, 'peer'));
    lints.push(...emptyBlocks(placed));
  }
  return lints;
};

function isContradictory({ selection: { pods, namespaces } }: Selecting): boolean {
  return !pods.isSatisfiable() || !namespaces.isSatisfiable();
}

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
