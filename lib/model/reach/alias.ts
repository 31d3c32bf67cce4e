import type { Cluster } from '../cluster/cluster';
import { serviceName } from '../dns/lookup';
import { isWithin } from '../dns/name';
import { zoneOf } from '../dns/zones';
import type { ServiceResource } from '../manifest/resources';
import type { Doubt } from '../values/ternary';

/** Where the name of an ExternalName Service leads in the end. */
export type AliasTarget =
  | { readonly leadsTo: 'service'; readonly service: ServiceResource }
  /** Out of the cluster, under this name. */
  | { readonly leadsTo: 'host'; readonly host: string }
  | { readonly leadsTo: 'nothing' }
  | { readonly leadsTo: 'unknown'; readonly doubts: readonly Doubt[] };

/** SVC-22, DNS-09: its name is another for something else, which the DNS follows to its end. */
export function aliasTarget(service: ServiceResource, cluster: Cluster): AliasTarget {
  const name = serviceName(service, cluster);
  const replies = (['A', 'AAAA'] as const).map((type) => zoneOf(cluster).answer(name, type));
  const records = replies.flatMap(({ answers, possible = [] }) => [...answers, ...possible]);
  const found = records.find(({ target }) => target && target.service.serviceType !== 'ExternalName');
  if (found) return { leadsTo: 'service', service: found.target!.service };
  const last = records.filter(({ type }) => type === 'CNAME').at(-1)?.data;
  if (last && !isWithin(last, `${cluster.profile.clusterDomain}.`)) {
    return { leadsTo: 'host', host: last.replace(/\.$/, '') };
  }
  const doubts = replies.flatMap((reply) => reply.doubts);
  return doubts.length > 0 ? { leadsTo: 'unknown', doubts } : { leadsTo: 'nothing' };
}
