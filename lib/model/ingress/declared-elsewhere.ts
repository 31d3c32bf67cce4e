import type { Cluster } from '../cluster/cluster';
import type { Doubt } from '../values/ternary';
import type { ServiceName } from './routing';

/**
 * Whether a Service that no manifest declares may be declared elsewhere: where none of the namespace is, none would be here, and
 * one of the same name is not in another namespace by mistake. Of a whole cluster all is here.
 */
export function mayBeElsewhere({ namespace, name }: ServiceName, cluster: Cluster): boolean {
  if (cluster.isWhole || cluster.servicesIn(namespace).length > 0) return false;
  return cluster.services.every((service) => service.name !== name);
}

export function elsewhereDoubt({ namespace, name }: ServiceName, rule: string): Doubt {
  return { rule, wouldDecide: `the manifest of Service ${namespace}/${name}, which is declared elsewhere if at all` };
}
