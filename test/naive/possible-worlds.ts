import { type ClusterDescription, policiesOf } from './cluster';
import { mentionedDomainNames } from './mentioned';
import { possibleNamespaces, possibleNodeLabels } from './possible-labels';
import { possibleTiers } from './possible-tiers';
import { type End, isOnNodeOf, type World } from './world';

/** Every world in which these two ends may meet, but for what can't matter to them. */
export function* possibleWorlds(cluster: ClusterDescription, from: End, to: End): Generator<World> {
  for (const facts of possibleFacts(cluster, from, to)) {
    for (const tiers of possibleTiersOfBoth(cluster, facts, from, to)) {
      for (const plugin of possiblePlugins(cluster, from, to)) {
        yield { ...facts, ...tiers, ...plugin, policies: policiesOf(cluster) };
      }
    }
  }
}

type Facts = Pick<World, 'namespaces' | 'nodes' | 'domainNames'>;

/** What is so whatever the network plugin does. */
function* possibleFacts(cluster: ClusterDescription, from: End, to: End): Generator<Facts> {
  for (const namespaces of possibleNamespaces(cluster, [from, to])) {
    for (const nodes of possibleNodeLabels(cluster, [to])) {
      for (const domainNames of possibleDomainNames(cluster)) {
        yield { namespaces, nodes, domainNames };
      }
    }
  }
}

/**
 * Nobody can know what a name leads to, and it may well lead to a pod or a node.
 * What leads to a name below a domain is covered by the domain's wildcard too.
 */
function possibleDomainNames(cluster: ClusterDescription): ReadonlySet<string>[] {
  let sets: ReadonlySet<string>[] = [new Set()];
  for (const name of mentionedDomainNames(cluster)) {
    sets = sets.flatMap((set) => [set, new Set([...set, name])]);
  }
  const covers = (wildcard: string, name: string) => wildcard.startsWith('*') && name.endsWith(wildcard.slice(1));
  const names = mentionedDomainNames(cluster);
  return sets.filter((set) => [...set].every((name) => names.every((each) => !covers(each, name) || set.has(each))));
}

type Tiers = Pick<World, 'admin' | 'baseline'>;

function* possibleTiersOfBoth(cluster: ClusterDescription, facts: Facts, from: End, to: End): Generator<Tiers> {
  for (const clusterNetworkPolicy of possible(cluster.clusterNetworkPolicy ?? true)) {
    for (const adminNetworkPolicy of possible(cluster.adminNetworkPolicy ?? true)) {
      const enforced = { clusterNetworkPolicy, adminNetworkPolicy };
      for (const out of possibleTiers(cluster, enforced, facts, 'Egress', from)) {
        for (const into of possibleTiers(cluster, enforced, facts, 'Ingress', to)) {
          yield {
            admin: { Egress: out.admin, Ingress: into.admin },
            baseline: { Egress: out.baseline, Ingress: into.baseline },
          };
        }
      }
    }
  }
}

type Plugin = Omit<World, keyof Facts | keyof Tiers | 'policies'>;

/** What a network plugin makes of what the APIs leave open. */
function* possiblePlugins(cluster: ClusterDescription, from: End, to: End): Generator<Plugin> {
  const { ipBlockSelectsPods, ipBlockSelectsNodes = true, ownNodeOutIsExempt = 'unknown' } = cluster;
  const { clusterPoliciesSpareOwnNode = 'unknown' } = cluster;
  const onOneNode = isOnNodeOf(from, to) || isOnNodeOf(to, from);
  for (const selectsPods of possible(ipBlockSelectsPods)) {
    for (const selectsNodes of possible(ipBlockSelectsNodes)) {
      for (const hostNetworkPodsAreSelected of possible(cluster.hostNetworkPods === 'unknown' ? 'unknown' : false)) {
        for (const isExempt of possible(isOnNodeOf(to, from) ? ownNodeOutIsExempt : false)) {
          for (const areSpared of possible(onOneNode ? clusterPoliciesSpareOwnNode : false)) {
            yield {
              ipBlockSelectsPods: selectsPods,
              ipBlockSelectsNodes: selectsNodes,
              hostNetworkPodsAreSelected,
              ownNodeOutIsExempt: isExempt,
              clusterPoliciesSpareOwnNode: areSpared,
            };
          }
        }
      }
    }
  }
}

function possible(answer: boolean | 'unknown'): boolean[] {
  return answer === 'unknown' ? [false, true] : [answer];
}
