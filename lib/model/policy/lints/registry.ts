import type { Cluster } from '../../cluster/cluster';
import { contextOf, type LintRule } from './context';
import { deadRules } from './dead-rules';
import { ignoredEmptyEgress } from './ignored-empty-egress';
import type { Lint } from './lint';
import { matchesNothingEver } from './matches-nothing-ever';
import { namespaceOfNobody } from './namespace-of-nobody';
import { peerOfNobody } from './peer-of-nobody';
import { selectsNoPod } from './selects-no-pod';
import { unknownFields } from './unknown-fields';

/** Every lint, in the order of codes. */
const RULES: readonly LintRule[] = [
  selectsNoPod,
  peerOfNobody,
  matchesNothingEver,
  namespaceOfNobody,
  deadRules,
  ignoredEmptyEgress,
  unknownFields,
];

/** What is suspicious about the policies of a cluster, by code, and for each code in the order of the manifests. */
export function lintsOf(cluster: Cluster): readonly Lint[] {
  const context = contextOf(cluster);
  return RULES.flatMap((rule) => rule(context));
}
