import type { Cluster } from '../model/cluster/cluster';
import { namesOf } from '../model/dns/lookup';
import { isWithin } from '../model/dns/name';
import { parseRequest } from '../model/dns/request';
import type { Resolution } from '../model/dns/resolve';
import type { Hop } from '../model/reach/verdict';
import type { Doubt } from '../model/values/ternary';
import { near } from './resolve';

/** A name of a declared Service that the author may have meant, in as many parts as were written. */
export function nearNames(written: string, namespace: string, cluster: Cluster): string | undefined {
  const asked = written.replace(/\.$/, '').toLowerCase();
  // What all names share makes none of them more alike.
  const [, own, below = ''] = /^(.+?)(\.svc(?:\..*)?)?$/.exec(asked)!;
  const known = cluster.services.flatMap((service) => {
    const [bare, qualified] = namesOf(service, cluster);
    return own.includes('.') ? [qualified] : service.namespace === namespace ? [bare] : [];
  });
  const meant = near(own, known);
  return meant === undefined ? undefined : `${meant}${below}`;
}

/**
 * What leaves open that a name is nowhere, though nobody here declares it: in a namespace that others declare they may well
 * have a Service of that name (DNS-15). Whoever declares a namespace says what is in it.
 */
export function openNames({ queries }: Resolution, cluster: Cluster): readonly Doubt[] {
  const { clusterDomain } = cluster.profile;
  const owned = new Set(cluster.resources.flatMap((r) => (r.type === 'namespace' ? [r.name] : [])));
  const asked = queries.filter(({ name, rcode }) => rcode === 'NXDOMAIN' && isWithin(name, clusterDomain));
  return asked.flatMap(({ name }): readonly Doubt[] => {
    const request = parseRequest(name, clusterDomain);
    if (request.type !== 'service' || owned.has(request.namespace) || isDeclared(request, cluster)) return [];
    const { service, namespace } = request;
    const wouldDecide = `a manifest of Namespace ${namespace}: as long as others declare it they may have a Service \`${service}\` there`;
    return [{ rule: 'DNS-15', wouldDecide }];
  });
}

/** The Service itself is declared: that it has no such name below is known. */
function isDeclared({ namespace, service }: { namespace: string; service: string }, cluster: Cluster): boolean {
  return cluster.servicesIn(namespace).some(({ name }) => name === service);
}

/** Whether policies surely keep a pod's questions from every server: that none runs now need not stay so. */
export function isKeptFromDns(hop: Hop & { hop: 'lookup' }): boolean {
  return hop.decision === 'stops' && hop.problem === 'denied-by-policy';
}
