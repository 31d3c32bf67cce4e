import { workloadsWith } from '../../cluster/guess';
import { blame } from '../../manifest/blame';
import { groupBy } from '../../values/group-by';
import { straysOf } from './absence';
import type { LintRule } from './context';
import { requirementField } from './places';

/** PTL131: a peer is matched by the labels that pods carry, and no declared pod carries these (NP-10, NP-18). */
export const peerOfNobody: LintRule = (context) => {
  const peers = straysOf(context).absent.flatMap(({ by: peer, absence }) =>
    peer.rule && absence.of === 'pod' ? [{ placed: peer.rule, peer, absence }] : [],
  );
  return [...groupBy(peers, ({ placed }) => placed)].flatMap(([placed, found]) =>
    found.map(({ peer, absence: { among, culprit, didYouMean, key } }) => {
      const { selection, podsField: field, policy } = peer;
      // NP-11: whom the peer would select if it did not mean the policy's own namespace.
      const elsewhere = peer.namespacesField ? [] : workloadsWith(selection.pods, context.pods);
      const requirement = selection.pods.requirements.find((each) => each.key === key);
      return {
        code: 'PTL131' as const,
        severity: 'warning' as const,
        ...blame(policy, field, requirementField(field, requirement)),
        selector: selection.pods.toString(),
        direction: placed.direction,
        workloads: among,
        isWholeRule: found.length === placed.rule.peers.length,
        elsewhere,
        culprit,
        // That other pods carry these very labels tells more than that some here carry similar ones.
        didYouMean: elsewhere.length > 0 ? undefined : didYouMean,
      };
    }),
  );
};
