import type { Cluster } from '../../cluster/cluster';
import type { Lint } from '../../finding/lint';
import { claimedTwice } from './claimed-twice';
import { classOfNobody } from './class-of-nobody';
import { portOfNobody } from './port-of-nobody';
import type { IngressLintRule } from './rule';
import { serviceOfNobody } from './service-of-nobody';
import { ruleWithoutTls, tlsWithoutRule } from './tls-hosts';

/** Every lint, in the order of codes. */
const RULES: readonly IngressLintRule[] = [
  serviceOfNobody,
  portOfNobody,
  classOfNobody,
  claimedTwice,
  tlsWithoutRule,
  ruleWithoutTls,
];

/** What is suspicious about the Ingresses of a cluster, and about the backends of its routes: by code, and for each code in the order of the manifests. */
export function ingressLintsOf(cluster: Cluster): readonly Lint[] {
  const isEmpty = cluster.ingresses.length + cluster.gatewayApi.routes.length === 0;
  return isEmpty ? [] : RULES.flatMap((rule) => rule(cluster));
}
