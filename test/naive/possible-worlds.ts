import { type ClusterDescription, clusterPoliciesOf, policiesOf } from './cluster';
import { mentionedDomainNames } from './mentioned';
import { possibleNamespaces, possibleNodeLabels } from './possible-labels';
import { possibleTiers } from './possible-tiers';
import { type End, isOnNodeOf, isPod, type World } from './world';

/** Every world in which these two ends may meet, but for what can't matter to them. */
export function* possibleWorlds(cluster: ClusterDescription, from: End, to: End): Generator<World> {
  const policies = policiesOf(cluster);
  const plugins = [...possiblePlugins(cluster, from, to)];
  for (const { namespaces, nodes, domainNames } of possibleFacts(cluster, from, to)) {
    for (const { admin, baseline } of possibleTiersOfBoth(cluster, { namespaces, nodes, domainNames }, from, to)) {
      for (const plugin of plugins) yield { ...plugin, namespaces, nodes, domainNames, admin, baseline, policies };
    }
  }
}

type Facts = Pick<World, 'namespaces' | 'nodes' | 'domainNames'>;

/** What is so whatever the network plugin does. */
function* possibleFacts(cluster: ClusterDescription, from: End, to: End): Generator<Facts> {
  const possibleNodes = [...possibleNodeLabels(cluster, [to])];
  const possibleNames = possibleDomainNames(cluster);
  for (const namespaces of possibleNamespaces(cluster, [from, to])) {
    for (const nodes of possibleNodes) {
      for (const domainNames of possibleNames) {
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
  const newer = clusterPoliciesOf(cluster).map(({ kind }) => kind === 'ClusterNetworkPolicy');
  for (const clusterNetworkPolicy of possible(cluster.clusterNetworkPolicy ?? true, newer.includes(true))) {
    for (const adminNetworkPolicy of possible(cluster.adminNetworkPolicy ?? true, newer.includes(false))) {
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

/** What a network plugin makes of what the APIs leave open, as far as these two ends can feel it. */
function* possiblePlugins(cluster: ClusterDescription, from: End, to: End): Generator<Plugin> {
  const host = isOnHostNetwork(from) || isOnHostNetwork(to);
  const onOneNode = isOnNodeOf(from, to) || isOnNodeOf(to, from);
  for (const ipBlockSelectsPods of possible(cluster.ipBlockSelectsPods)) {
    for (const ipBlockSelectsNodes of possible(cluster.ipBlockSelectsNodes ?? true, host)) {
      for (const hostNetworkPodsAreSelected of possible(
        cluster.hostNetworkPods === 'unknown' ? 'unknown' : false,
        host,
      )) {
        for (const ownNodeOutIsExempt of possible(cluster.ownNodeOutIsExempt ?? 'unknown', isOnNodeOf(to, from))) {
          for (const clusterPoliciesSpareOwnNode of possible(
            cluster.clusterPoliciesSpareOwnNode ?? 'unknown',
            onOneNode,
          )) {
            yield {
              ipBlockSelectsPods,
              ipBlockSelectsNodes,
              hostNetworkPodsAreSelected,
              ownNodeOutIsExempt,
              clusterPoliciesSpareOwnNode,
            };
          }
        }
      }
    }
  }
}

function isOnHostNetwork(end: End): boolean {
  return isPod(end) && end.hostNetwork;
}

/** One answer is as good as the other where nothing depends on it. */
function possible(answer: boolean | 'unknown', matters = true): boolean[] {
  return answer !== 'unknown' ? [answer] : matters ? [false, true] : [false];
}
