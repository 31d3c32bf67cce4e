import type { Cluster } from '../../cluster/cluster';
import { blame } from '../../manifest/blame';
import { nearest } from '../../values/nearest';
import type { DnsLintRule } from './context';
import type { Named } from './named-places';

/** PTL530: a name of the cluster that nothing has, and, most likely, the one that was meant (DNS-15). */
export const nameOfNobody: DnsLintRule = ({ cluster, places }) =>
  places.flatMap((named) => {
    const { inCluster, resource, field, host } = named;
    if (inCluster.targets.length > 0 || inCluster.by !== 'dns' || inCluster.result === 'found') return [];
    const asked = clusterName(named, cluster);
    // DNS-05: one that is there and has no endpoints is a matter of its own.
    if (!asked || cluster.servicesIn(asked.namespace).some(({ name }) => name === asked.service)) return [];
    const didYouMean = meant(asked, named, cluster);
    // Others may declare more for a namespace that is not declared here.
    if (didYouMean === undefined && !cluster.namespaces.get(asked.namespace).declaredBy) return [];
    if (didYouMean === undefined && !asked.isCertain) return [];
    return [{ code: 'PTL530', severity: 'warning', ...blame(resource, field), host, didYouMean }];
  });

interface Asked {
  readonly service: string;
  readonly namespace: string;
  /** The form of the name leaves no doubt that it is meant to be one of the cluster. */
  readonly isCertain: boolean;
}

/** DNS-22: `service`, `service.namespace` or `service.namespace.svc`, with the domain or without. */
function clusterName({ host, pod, isUrl }: Named, cluster: Cluster): Asked | undefined {
  const domain = `.${cluster.profile.clusterDomain}`;
  const name = host.toLowerCase().replace(/\.$/, '');
  // A name that ends with a dot is whole as it stands.
  if (host.endsWith('.') && !name.endsWith(domain)) return undefined;
  const short = name.endsWith(domain) ? name.slice(0, -domain.length) : name;
  const [service, namespace = pod.namespace.name, svc, ...more] = short.split('.');
  if (more.length > 0 || (svc !== undefined && svc !== 'svc')) return undefined;
  if (svc === 'svc') return { service, namespace, isCertain: true };
  const isNamespace = cluster.servicesIn(namespace).length > 0;
  if (!isNamespace && namespace !== pod.namespace.name) return undefined;
  return { service, namespace, isCertain: isUrl && namespace !== pod.namespace.name };
}

/** A name that differs by a slip, or the same in another namespace. */
function meant({ service, namespace }: Asked, { pod }: Named, cluster: Cluster): string | undefined {
  const at = (name: string, space: string) => (space === pod.namespace.name ? name : `${name}.${space}`);
  const here = nearest(
    service,
    cluster.servicesIn(namespace).map(({ name }) => name),
  );
  if (here !== undefined) return at(here, namespace);
  const elsewhere = cluster.services.filter(({ name }) => name === service);
  return elsewhere.length === 1 ? at(service, elsewhere[0].namespace) : undefined;
}
