import type { Cluster } from '../../cluster/cluster';
import type { Lint } from '../../finding/lint';
import { claimedTwice } from './claimed-twice';
import { portOfNobody } from './port-of-nobody';
import type { IngressLintRule } from './rule';
import { serviceOfNobody } from './service-of-nobody';
import { ruleWithoutTls, tlsWithoutRule } from './tls-hosts';

/** Every lint, in the order of codes. */
const RULES: readonly IngressLintRule[] = [serviceOfNobody, portOfNobody, claimedTwice, tlsWithoutRule, ruleWithoutTls];

/** What is suspicious about the Ingresses of a cluster, by code, and for each code in the order of the manifests. */
export function ingressLintsOf(cluster: Cluster): readonly Lint[] {
  return cluster.ingresses.length === 0 ? [] : RULES.flatMap((rule) => rule(cluster));
}
