import type { Cluster } from '../../cluster/cluster';
import type { Lint } from '../../finding/lint';
import { certificateOfAnother } from './certificate-of-another';
import { claimedTwice } from './claimed-twice';
import { classOfNobody } from './class-of-nobody';
import { neverWins } from './never-wins';
import { portOfNobody } from './port-of-nobody';
import type { IngressLintRule } from './rule';
import { serviceOfNobody } from './service-of-nobody';
import { takesMore } from './takes-more';
import { ruleWithoutTls, tlsWithoutRule } from './tls-hosts';

/** Every lint, in the order of codes. */
const RULES: readonly IngressLintRule[] = [
  serviceOfNobody,
  portOfNobody,
  classOfNobody,
  claimedTwice,
  neverWins,
  tlsWithoutRule,
  ruleWithoutTls,
  certificateOfAnother,
  takesMore,
];

/** What is suspicious about the Ingresses of a cluster, and what routes and Gateways have in common with them: by code, and for each code in the order of the manifests. */
export function ingressLintsOf(cluster: Cluster): readonly Lint[] {
  const { ingresses, gatewayApi } = cluster;
  const { routes, gateways, listenerSets } = gatewayApi;
  const isEmpty = [ingresses, routes, gateways, listenerSets].every(({ length }) => length === 0);
  return isEmpty ? [] : RULES.flatMap((rule) => rule(cluster));
}
