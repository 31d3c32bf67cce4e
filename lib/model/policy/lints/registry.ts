import type { Cluster } from '../../cluster/cluster';
import type { Lint } from '../../finding/lint';
import { LintContext, type LintRule } from './context';
import { coveredRule } from './covered-rule';
import { deadRules } from './dead-rules';
import { equalPriority } from './equal-priority';
import { everyPort } from './every-port';
import { ignoredEmptyEgress } from './ignored-empty-egress';
import { matchesNothingEver } from './matches-nothing-ever';
import { namedPortOfNobody } from './named-port-of-nobody';
import { namespaceOfNobody } from './namespace-of-nobody';
import { peerOfNobody } from './peer-of-nobody';
import { portOfAnotherProtocol } from './port-of-another-protocol';
import { selectsNoPod } from './selects-no-pod';
import { servicePortInRule } from './service-port-in-rule';
import { shadowedRule } from './shadowed-rule';
import { unknownFields } from './unknown-fields';
import { unmetNeeds } from './unmet-needs';

/** Every lint, in the order of codes. */
const RULES: readonly LintRule[] = [
  selectsNoPod,
  peerOfNobody,
  matchesNothingEver,
  namespaceOfNobody,
  namedPortOfNobody,
  servicePortInRule,
  coveredRule,
  deadRules,
  ignoredEmptyEgress,
  portOfAnotherProtocol,
  shadowedRule,
  equalPriority,
  unknownFields,
  everyPort,
  unmetNeeds,
];

/** What is suspicious about the policies of a cluster, by code, and for each code in the order of the manifests. */
export function lintsOf(cluster: Cluster): readonly Lint[] {
  const context = new LintContext(cluster);
  return RULES.flatMap((rule) => rule(context));
}
