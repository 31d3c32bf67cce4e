import { type KnownNodes, mostNodes } from '../../cluster/known-nodes';
import type { Scheduling } from '../../manifest/resources';
import type { LabelSelector } from '../../values/label-selector';
import { closedLabels } from '../../values/labels';
import type { PodMaker } from './rule';

/** Where the pods of an object run. */
export interface Placement extends Omit<Scheduling, 'apartFrom' | 'tolerated'> {
  readonly maker: PodMaker;
  readonly apartFrom: Scheduling['apartFrom'];
  /** Whether each of its nodes has one of them. */
  readonly isEverywhere: boolean;
  /** Whether they run to their end, so that others may have the node before and after. */
  readonly isPassing: boolean;
  /** How many there are at least; of a DaemonSet nobody says. */
  readonly count: number;
  /** Whether nobody schedules them: the object names their node, whose taints count for nothing. */
  readonly isPinned: boolean;
}

const ANYWHERE: Omit<Scheduling, 'nodes'> = {
  isExact: false,
  apartFrom: [],
  tolerations: [],
  tolerated: [],
  isByDefault: true,
  toleratedKeys: [],
};

export function placementOf(maker: PodMaker): Placement {
  const { resource, template } = maker;
  const scheduling = template.scheduling?.() ?? { ...ANYWHERE, nodes: [] };
  const kind = resource.type === 'workload' ? resource.kind : 'Pod';
  return {
    ...scheduling,
    maker,
    isEverywhere: kind === 'DaemonSet',
    isPassing: kind === 'Job' || kind === 'CronJob',
    count: (resource.type === 'workload' ? resource.replicas : undefined) ?? 1,
    isPinned: template.nodeName !== undefined,
  };
}

/** Whether no node can have a pod of each: by labels that exclude each other, by anti-affinity, or as no known node has both. */
export function areApart(a: Placement, b: Placement, known: KnownNodes | undefined): boolean {
  const shared = a.nodes.some((one) => b.nodes.some((other) => one.intersects(other)));
  if (!shared || keepsApart(a, b) || keepsApart(b, a)) return true;
  return known?.areAll === true && mostNodes(known, a.nodes, b.nodes) === 0;
}

function keepsApart({ apartFrom, maker }: Placement, { maker: { template, resource } }: Placement): boolean {
  return apartFrom.some(({ pods, namespaces = [maker.resource.namespace] }) => {
    return namespaces.includes(resource.namespace) && pods.match(closedLabels(template.labels)) === 'yes';
  });
}

/** Whether wherever pods of the one may run those of the other may as well, by labels alone. */
export function isWithin(one: Placement, other: Placement): boolean {
  return other.isExact && one.nodes.every((asked) => other.nodes.some((wider) => asked.implies(wider)));
}

/** Likewise, by labels and taints. */
export function isSurelyWithin(one: Placement, other: Placement): boolean {
  if (!isWithin(one, other)) return false;
  if (other.toleratedKeys.includes('*')) return true;
  return !one.isPinned && one.tolerations.every((toleration) => other.tolerations.includes(toleration));
}

const HOSTNAME = 'kubernetes.io/hostname';

/** The one name of a node that all of them name; `undefined` where they name none, or several. */
export function oneNodeOf(placements: readonly Placement[]): string | undefined {
  const named = ['metadata.name', HOSTNAME].find((key) => placements.every(({ nodes }) => nodes.every(names(key))));
  if (named === undefined) return undefined;
  const values = new Set(placements.flatMap(({ nodes }) => nodes.flatMap((node) => valuesOf(node, named))));
  return values.size === 1 ? [...values][0] : undefined;
}

function names(key: string): (selector: LabelSelector) => boolean {
  return (selector) => valuesOf(selector, key).length > 0;
}

function valuesOf({ requirements }: LabelSelector, key: string): readonly string[] {
  return requirements.find((each) => each.key === key && each.operator === 'In')?.values ?? [];
}
