import { type KnownNodes, knownNodesOf, mostNodes } from '../../cluster/known-nodes';
import type { Lint, Severity } from '../../finding/lint';
import type { FieldPath } from '../../finding/origin';
import type { PodLintDetail } from '../../finding/pod-lint';
import { blame, nameOf } from '../../manifest/blame';
import type { PlacedPort } from '../../manifest/resources';
import { append } from '../../values/group-by';
import { formatIp } from '../../values/ip';
import { areApart, isSurelyWithin, isWithin, oneNodeOf, type Placement, placementOf } from './placement';
import type { PodLintRule, PodMaker } from './rule';

/** A port of the node that pods of an object ask for. */
interface Demand {
  readonly port: PlacedPort;
  readonly field: FieldPath;
  readonly placement: Placement;
}

type Clash = Pick<PodLintDetail & { readonly code: 'PTL321' }, 'problem' | 'pods' | 'nodes'> & {
  readonly severity: Severity;
  readonly rival?: Demand;
};

/**
 * PTL321: a node gives a port of an address and a protocol to one pod; the scheduler leaves the next one pending, and the kubelet
 * turns away one that is told to run there all the same (NET-08). An error where there can't be nodes enough.
 */
export const hostPortClash: PodLintRule = ({ cluster, onNodePorts }) => {
  const demands = demandsOf(onNodePorts);
  if (demands.size === 0) return [];
  const known = knownNodesOf(cluster);
  const told = new Set<Placement>();
  return [...demands.values()].flatMap((sharing) =>
    sharing.flatMap((demand, i) => {
      const rivals = sharing.slice(0, i).filter((other) => areRivals(other, demand, known));
      const clash = clashOf(demand, rivals, known);
      // Of one that clashes at several ports the first says it all.
      if (!clash || told.has(demand.placement)) return [];
      told.add(demand.placement);
      return [lintOf(demand, clash)];
    }),
  );
};

/** By port and protocol, in the order of the manifests. */
function demandsOf(makers: readonly PodMaker[]): ReadonlyMap<string, readonly Demand[]> {
  const demands = new Map<string, Demand[]>();
  for (const maker of makers) {
    const { template } = maker;
    const placement = placementOf(maker);
    for (const { role, ports } of template.containers?.() ?? []) {
      if (role === 'init') continue;
      for (const port of ports) {
        if (port.hostPort === undefined) continue;
        const field = [...port.field, template.hostNetwork ? 'containerPort' : 'hostPort'];
        append(demands, `${port.hostPort}/${port.protocol}`, { port, field, placement });
      }
    }
  }
  return demands;
}

/** Whether they ask for one port, and a node may be asked by both. */
function areRivals(one: Demand, other: Demand, known: KnownNodes | undefined): boolean {
  if (one.placement === other.placement) return false;
  return overlap(one.port, other.port) && !areApart(one.placement, other.placement, known);
}

/** NET-08: 0.0.0.0, which is meant where none is given, is every address; any other is itself alone. */
function overlap({ hostIp: one }: PlacedPort, { hostIp: other }: PlacedPort): boolean {
  const [a, b] = [one, other].map((ip) => (ip === undefined ? '0.0.0.0' : formatIp(ip)));
  return a === b || a === '0.0.0.0' || b === '0.0.0.0';
}

function clashOf(demand: Demand, rivals: readonly Demand[], known: KnownNodes | undefined): Clash | undefined {
  const { placement } = demand;
  const everywhere = rivals.find(({ placement: other }) => meetEverywhere(placement, other));
  if (everywhere) return { severity: 'error', problem: 'every-node', rival: everywhere };
  const all = [...mutual(rivals, known), demand];
  const lasting = all.filter((each) => !each.placement.isPassing && !each.placement.isEverywhere);
  const crowded = lasting.includes(demand) ? tooMany(lasting, demand, known) : undefined;
  if (crowded) return crowded;
  // Where both ask for labels, and for others, nobody can know whether a node has them all.
  const likely = rivals.find(({ placement: other }) => isWithin(placement, other) || isWithin(other, placement));
  return likely && { severity: 'warning', problem: 'any-node', rival: likely };
}

/** Whether wherever the one runs the other does. */
function meetEverywhere(one: Placement, other: Placement): boolean {
  return (other.isEverywhere && isSurelyWithin(one, other)) || (one.isEverywhere && isSurelyWithin(other, one));
}

/** Those of the rivals that are rivals of each other too, so that no node has two of them. */
function mutual(rivals: readonly Demand[], known: KnownNodes | undefined): readonly Demand[] {
  const found: Demand[] = [];
  for (const rival of rivals) {
    if (found.every((other) => areRivals(other, rival, known))) found.push(rival);
  }
  return found;
}

/** More pods than nodes for them; no two of them are on one. */
function tooMany(demands: readonly Demand[], demand: Demand, known: KnownNodes | undefined): Clash | undefined {
  const pods = demands.reduce((sum, { placement }) => sum + placement.count, 0);
  const rival = demands.find((each) => each !== demand);
  if (pods > 1 && oneNodeOf(demands.map(({ placement }) => placement)) !== undefined) {
    return { severity: 'error', problem: 'one-node', pods, nodes: 1, rival };
  }
  if (!known) return undefined;
  const nodes = mostNodes(
    known,
    demands.flatMap(({ placement }) => placement.nodes),
  );
  // Where no node has what they ask for, it is not for the port that they don't run.
  if (pods <= nodes || nodes === 0) return undefined;
  return { severity: known.areAll ? 'error' : 'warning', problem: 'few-nodes', pods, nodes, rival };
}

function lintOf({ port, field, placement }: Demand, { severity, rival, ...clash }: Clash): Lint {
  const { resource, template } = placement.maker;
  const at = port.hostIp === undefined ? '' : ` at ${formatIp(port.hostIp)}`;
  return {
    severity,
    ...blame(resource, field),
    code: 'PTL321',
    port: `${port.hostPort}/${port.protocol}${at}`,
    hostNetwork: template.hostNetwork,
    ...clash,
    ...(rival && { rival: placed(rival) }),
  };
}

function placed({ field, placement: { maker } }: Demand) {
  return { ...nameOf(maker.resource), origin: maker.resource.originOf(field) };
}
