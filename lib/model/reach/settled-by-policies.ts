import type { Cluster } from '../cluster/cluster';
import type { ServiceResource } from '../manifest/resources';
import type { Rule } from '../policy/language';
import type { Backend, ServiceEndpoint } from '../service/endpoints';
import { hasHints } from '../service/hints';
import { proxyModeOf } from '../service/modes';
import { CidrSet } from '../values/cidr-set';
import type { Protocol } from '../values/traffic-set';

/** Whether the same holds on every node and for every client, so that policies and lookups alone decide. */
export function isSettledByPolicies(
  service: ServiceResource,
  backends: readonly Backend[],
  endpoints: readonly ServiceEndpoint[],
  { profile }: Cluster,
): boolean {
  if (backends.length === 0) return false;
  if (service.headless) return backends.every(({ port }) => port === backends[0].port);
  // SVC-25: hints come from slices, too; SVC-15: a node may put its address in place of every client's.
  const isPlain = endpoints.every(({ hints, isContested }) => !hasHints(hints) && !isContested);
  const isServed = (proxyModeOf(profile).aboutService?.(service, endpoints) ?? []).length === 0;
  return isPlain && isServed && service.internalTrafficPolicy === 'Cluster' && !profile.kubeProxy.masqueradeAll;
}

/** SVC-27: whether the Service has an address in some family of the cluster, as far as anybody tells. */
export function hasFamilyOf({ families }: ServiceResource, cluster: Cluster): boolean {
  return families?.some((family) => cluster.families.includes(family)) ?? true;
}

/** Rules that name blocks of addresses, which may hold that of a Service. */
export function blockRules(rules: readonly Rule[]): readonly Rule[] {
  return rules.filter(({ peer: { may } }) => !may.others.isEmpty && !may.others.covers(CidrSet.all(4)));
}

/** NP-20: whether one of these block rules names some of the addresses of a Service, at this port of it. */
export function aimsAt(rules: readonly Rule[], addresses: CidrSet, protocol: Protocol, port: number): boolean {
  return rules.some(({ peer, traffic }) => {
    return peer.may.others.intersects(addresses) && traffic.may.hasPort(protocol, port);
  });
}
