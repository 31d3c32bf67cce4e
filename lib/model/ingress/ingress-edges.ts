import { isPodOf } from '../cluster/assumed-ingress-controllers';
import type { Cluster } from '../cluster/cluster';
import type { PlacedController } from '../cluster/ingress-controller';
import { KNOWN_INGRESS_CONTROLLERS } from '../cluster/known-ingress-controllers';
import { argumentsOf } from '../cluster/proxy-arguments';
import type { PodGroup } from '../cluster/workload';
import type { IngressResource } from '../manifest/resources';
import { ServiceTable } from '../service/service-table';
import type { Doubt } from '../values/ternary';
import { claimsOn, type KnownKind, type Server } from './classes';
import { startedWith } from './controllers/arguments';
import type { ControllerRules } from './controllers/controller';
import { meantFor, rulesOf } from './controllers/registry';
import { settingsOf } from './controllers/settings';
import type { Edge } from './edge';
import { ingressEdge, type Serving } from './ingress-edge';
import type { ServedIngress } from './rules';

/**
 * The ingress controllers that serve the Ingresses of a cluster: those of the profile, then others that classes tell of.
 * @param ingresses @default - all of them
 * @param services of the cluster, where somebody has them already
 */
export function ingressEdges(
  cluster: Cluster,
  ingresses: readonly IngressResource[] = cluster.ingresses,
  services?: ServiceTable,
): readonly Edge[] {
  if (ingresses.length === 0) return [];
  const table = services ?? new ServiceTable(cluster);
  const servings = new Map<string, { readonly server: Server; readonly served: ServedIngress[] }>();
  const servingOf = (server: Server) => {
    const id = idOf(server, cluster);
    const serving = servings.get(id) ?? { server, served: [] };
    servings.set(id, serving);
    return serving;
  };
  for (const placed of cluster.ingressControllers) servingOf({ type: 'placed', placed });
  for (const ingress of ingresses) {
    for (const { server, doubts } of claimsOn(ingress, cluster)) servingOf(server).served.push({ ingress, doubts });
  }
  return [...servings.values()].map(({ server, served }) => ingressEdge(described(server, served, cluster), table));
}

function idOf(server: Server, { ingressControllers }: Cluster): string {
  switch (server.type) {
    case 'placed':
      return `placed ${ingressControllers.indexOf(server.placed)}`;
    case 'known':
      return `known ${server.kind}`;
    case 'named':
      return `named ${server.controller}`;
    case 'any':
      return 'any';
  }
}

function described(server: Server, served: readonly ServedIngress[], cluster: Cluster): Serving {
  switch (server.type) {
    case 'placed': {
      const { placed } = server;
      const rules = rulesOf(placed.controller.kind);
      const label = placed.controller.kind === 'conformant' ? placed.controller.name : rules.label;
      return { mayBe: [rules], label, placed, served, ...toldBy(placed, rules, cluster) };
    }
    case 'known': {
      const rules = rulesOf(server.kind);
      const placed = ofChart(server.kind, cluster);
      return { mayBe: [rules], label: rules.label, served, ...toldBy(placed, rules, cluster) };
    }
    case 'named':
      return {
        mayBe: possible(served),
        label: server.controller,
        served,
        doubts: undescribed(server.controller, cluster),
      };
    case 'any':
      return { mayBe: possible(served), label: rulesOf('conformant').label, served, doubts: [] };
  }
}

/** What its arguments and its ConfigMap say, and leave open. */
function toldBy(placed: PlacedController, rules: ControllerRules, cluster: Cluster) {
  const { settings, doubts } = settingsOf(placed, rules, cluster);
  const told = [...new Set(placed.pods.map(({ workload }) => workload))].map(argumentsOf);
  return {
    words: told.flat(),
    settings,
    doubts: [...startedWith(placed, cluster.ingressClasses, rules), ...differing(told, placed, rules), ...doubts],
  };
}

/** Releases of one chart may be started otherwise, each with what it does for all requests. */
function differing(
  told: readonly (readonly string[])[],
  { controller }: PlacedController,
  { readsArgument }: ControllerRules,
): readonly Doubt[] {
  const read = told.map((words) =>
    words
      .filter((word) => readsArgument?.(word))
      .sort()
      .join(' '),
  );
  if (new Set(read).size < 2) return [];
  return [{ rule: 'ING-13', wouldDecide: `the same arguments for all pods of ${controller.name}` }];
}

/** Where the profile names no controllers: the declared pods that are labelled as its chart does, wherever they are. */
function ofChart(kind: KnownKind, { pods }: Cluster): PlacedController {
  const controller = {
    ...KNOWN_INGRESS_CONTROLLERS[kind],
    name: kind,
    className: kind,
    strictPrefixMatching: false,
  };
  const isOwn = (pod: PodGroup) => isPodOf({ ...controller, namespace: pod.namespace.name }, pod);
  return { controller, pods: pods.filter((pod) => pod.provenance === 'declared' && isOwn(pod)) };
}

/** Where nobody says which controller it is, one that reads the annotations, or one that knows the API alone. */
function possible(served: readonly ServedIngress[]): Serving['mayBe'] {
  const meant = new Set(served.flatMap(({ ingress }) => meantFor(ingress)));
  return [rulesOf('conformant'), ...meant];
}

/** The profile names all controllers that there are, and this one is not among them. */
function undescribed(controller: string, { ingressControllers }: Cluster): readonly Doubt[] {
  if (ingressControllers.length === 0) return [];
  return [
    { rule: 'ING-13', wouldDecide: `the controller ${controller} in the profile's \`ingress\`, which has no such one` },
  ];
}
