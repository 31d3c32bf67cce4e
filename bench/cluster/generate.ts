import { clusterPolicies } from './cluster-policies';
import { appObjects, namespaceOf, nodeObject, PLATFORM, platformObjects } from './objects';
import { appPolicy, namespacePolicies } from './policies';
import { type Random, seeded } from './random';
import {
  type App,
  CLUSTER_POLICIES,
  type ClusterShape,
  ENVIRONMENTS,
  type Team,
  type Tier,
  WORKLOADS_A_NAMESPACE,
} from './shape';

export interface GeneratedCluster {
  /** In groups that belong into one file each. */
  readonly files: readonly ManifestFile[];
  readonly apps: readonly App[];
  /** Apps whose clients are known: what can be promised of them is true. */
  readonly guarded: readonly GuardedApp[];
}

export interface ManifestFile {
  readonly folder: string;
  readonly name: string;
  readonly objects: readonly object[];
}

export interface GuardedApp {
  readonly app: App;
  readonly clients: readonly App[];
}

const TIERS: readonly Tier[] = ['edge', 'service', 'service', 'service', 'worker', 'worker', 'data', 'data'];

/** A realistic cluster: half as many policies of namespaces as workloads, and those of administrators beside them. */
export function generateCluster(shape: ClusterShape): GeneratedCluster {
  const random = seeded(shape.workloads);
  const teams = teamsOf(shape, random);
  const apps = teams.flatMap((team) => team.apps);
  const common = new Map(teams.map((team) => [team, namespacePolicies(team)]));
  const left = Math.floor(shape.workloads / 2) - [...common.values()].flat().length;
  const clients = clientsOf(teams, left, random);
  const files = teams.flatMap((team) => [
    { folder: team.namespace, name: 'namespace', objects: [namespaceOf(team), ...common.get(team)!] },
    ...team.apps.map((app) => ({
      folder: team.namespace,
      name: app.name,
      objects: [...appObjects(app), ...(clients.has(app) ? [appPolicy(app, clients.get(app)!, teams, random)] : [])],
    })),
  ]);
  const nodes = Array.from({ length: shape.nodes ?? 0 }, (_, index) => nodeObject(index));
  const cluster = [...nodes, ...((shape.clusterPolicies ?? CLUSTER_POLICIES) ? clusterPolicies(teams) : [])];
  const platform = { folder: 'platform', name: 'platform', objects: [...platformObjects(), ...cluster] };
  const guarded = [...clients].flatMap(([app, callers]) => (app.tier === 'data' ? [{ app, clients: callers }] : []));
  return { files: [platform, ...files], apps, guarded };
}

export function manifestsOf({ files }: GeneratedCluster): readonly object[] {
  return files.flatMap(({ objects }) => objects);
}

function teamsOf({ workloads, pods }: ClusterShape, random: Random): readonly Team[] {
  const count = Math.max(1, Math.round(workloads / WORKLOADS_A_NAMESPACE));
  const apps = Array.from({ length: workloads - PLATFORM.length }, (_, index): App => {
    const tier = TIERS[random(TIERS.length)];
    const replicas = pods === undefined ? 1 + random(4) : Math.ceil(pods / workloads);
    return { name: `${tier}-${index}`, namespace: namespaceName(index % count), tier, replicas };
  });
  return Array.from({ length: count }, (_, index) => ({
    name: teamName(index),
    namespace: namespaceName(index),
    environment: ENVIRONMENTS[index % ENVIRONMENTS.length],
    apps: apps.filter((_, app) => app % count === index),
  }));
}

/** Apps that get a policy of their own, each with those that may call it: two in three of the data tier, then others. */
function clientsOf(teams: readonly Team[], count: number, random: Random): Map<App, readonly App[]> {
  const chosen = new Map<App, readonly App[]>();
  const take = (wanted: (app: App) => boolean) => {
    for (const { apps } of teams) {
      const callers = apps.filter(({ tier }) => tier === 'service' || tier === 'worker');
      for (const app of apps) {
        if (chosen.size === count || chosen.has(app) || callers.length === 0 || !wanted(app)) continue;
        chosen.set(app, [...new Set(Array.from({ length: 3 }, () => callers[random(callers.length)]))]);
      }
    }
  };
  take(({ tier }) => tier === 'data' && random(3) > 0);
  take(({ tier }) => tier !== 'data' && random(3) === 0);
  take(({ tier }) => tier !== 'data');
  return chosen;
}

function namespaceName(index: number): string {
  return `${teamName(index)}-${ENVIRONMENTS[index % ENVIRONMENTS.length]}`;
}

function teamName(index: number): string {
  return `team-${Math.floor(index / ENVIRONMENTS.length)}`;
}
