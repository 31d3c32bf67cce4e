import { type PodSelection, peerSelections, selectionText } from '../cluster/pod-selection';
import { type PodGroup, type Workload, workloadLabel } from '../cluster/workload';
import type { Edge } from '../ingress/edge';
import type { Resource } from '../manifest/resources';
import type { PolicyEngine } from '../policy/engine';
import type { Direction } from '../policy/language';
import type { Outcome } from '../policy/outcome';
import { outcomeIn, type Row } from '../policy/rows';
import { uncarriedBy } from '../policy/sctp';
import { type FrontDoor, frontDoorsOf } from '../service/front-doors';
import { leadsTo } from '../service/leads';
import { CidrSet } from '../values/cidr-set';
import { LabelSelector, opposite } from '../values/label-selector';
import type { Doubt } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import { carried } from './fabric-hop';
import { guardedBetween, guardFromOutside } from './guarded-ends';
import type { Offer, Offers } from './offers';
import { Outside } from './outside';
import { Urls } from './urls';

/** Somebody whom no manifest declares, and what policies let pass between them and a workload. */
export interface ExposedTo {
  /** By the labels that it would need, e.g. `pods with app=backup in namespace ops`; `any pod` needs none. */
  readonly who: string;
  readonly traffic: TrafficSet;
  /** What more may pass, and nobody can know. */
  readonly unknown: TrafficSet;
  /** The declared workloads that carry such labels. */
  readonly like: readonly string[];
}

/** Addresses outside the cluster that have one answer. */
export interface ExposedAddresses {
  readonly addresses: CidrSet;
  readonly traffic: TrafficSet;
  readonly unknown: TrafficSet;
}

export interface DirectionExposure {
  /** No policy keeps anybody away: any pod passes on every port, and so does every address outside. */
  readonly isUnprotected: boolean;
  /** `any pod` first where anything passes, then whoever passes more than it does. */
  readonly strangers: readonly ExposedTo[];
  readonly outside: readonly ExposedAddresses[];
}

/** A way in from outside that some object of the cluster opens. */
export interface ExposedDoor {
  readonly via: FrontDoor['via'] | Edge['api'];
  /** `ns/name`; absent for what a pod opens by itself. */
  readonly service?: string;
  /** E.g. `8080/TCP`: the container port. */
  readonly port: string;
  /** Of an Ingress or a Gateway: the requests, e.g. `https://shop.example.com/cart*`. */
  readonly url?: string;
  /** Likewise: whose rule it is, e.g. `Ingress shop/edge`. */
  readonly rule?: string;
  /** What leaves open whether there is such a way at all. */
  readonly doubts?: readonly Doubt[];
}

/** What a workload is open to beyond what the manifests declare. */
export interface WorkloadExposure {
  readonly workload: string;
  readonly ingress: DirectionExposure;
  readonly egress: DirectionExposure;
  readonly doors: readonly ExposedDoor[];
}

/** The exposure of every declared workload, by the policies of its own end: strangers may have others, which open theirs. */
export function exposureOf(engine: PolicyEngine): readonly WorkloadExposure[] {
  const { cluster } = engine;
  const strangers = new Strangers(engine);
  const outside = new Outside(engine, cluster.families);
  const { offers } = new Urls(engine);
  // NP-09: that the network itself carries none of it keeps nobody away.
  const everything = TrafficSet.allPorts.minus(uncarriedBy(cluster.profile.capabilities));
  const direction = (workload: Workload, which: Direction): DirectionExposure => {
    const to = strangers.of(workload, which);
    const beyond = outside.partsFor(workload, which).flatMap(({ addresses, outcomes }) => {
      const passing = passingAny(outcomes);
      return passing ? [{ addresses, ...passing }] : [];
    });
    const anyPod = to.some(({ who, traffic }) => who === ANY_POD && traffic.covers(everything));
    const open = beyond.filter(({ traffic }) => traffic.covers(everything));
    const everywhere = open.reduce((all, { addresses }) => all.union(addresses), CidrSet.empty);
    const families = cluster.families.filter((f) => workload.pods.some(({ domain }) => !domain.ofFamily(f).isEmpty));
    const isOpen = families.every((family) => everywhere.covers(cluster.outside.ofFamily(family)));
    return { isUnprotected: anyPod && isOpen, strangers: to, outside: beyond };
  };
  return cluster.workloads
    .filter((workload) => workload.provenance === 'declared')
    .map((workload) => ({
      workload: workloadLabel(workload),
      ingress: direction(workload, 'ingress'),
      egress: direction(workload, 'egress'),
      doors: distinctDoors(workload.pods.flatMap((pod) => doorsOf(pod, engine, offers))),
    }))
    .sort((a, b) => (a.workload < b.workload ? -1 : 1));
}

const ANY_POD = 'any pod';

/** The strangers of the universe by what they need, and which declared workloads carry it. */
class Strangers {
  private readonly all: readonly Kind[];
  private readonly anybody: Kind | undefined;
  private readonly byRow = new Map<Row, readonly Kind[]>();
  private readonly likes = new Map<PodSelection, readonly string[]>();

  constructor(private readonly engine: PolicyEngine) {
    const { cluster } = engine;
    this.all = cluster.pods.flatMap((pod) => {
      const selection = cluster.selectionOfStranger(pod);
      return selection ? [{ pod, selection, who: selectionText(selection) }] : [];
    });
    this.anybody = this.all.find(({ who }) => who === ANY_POD);
  }

  of(workload: Workload, direction: Direction): readonly ExposedTo[] {
    const kinds = new Set(workload.pods.flatMap((own) => this.worthTelling(this.engine.rows.of(direction, own))));
    const judged = [...kinds].map(({ pod, selection, who }) => {
      const passing = passingAny(workload.pods.flatMap((own) => this.between(own, pod, direction) ?? []));
      const traffic = passing?.traffic ?? NOTHING;
      return { who, selection, traffic, unknown: passing?.unknown ?? NOTHING };
    });
    // Whom rules name may get less than whom they don't: then a wide kind stands for its own pods alone.
    const isUniform = (wide: Found) =>
      judged.every((other) => !isWithin(other, wide) || other.traffic.covers(wide.traffic));
    const found = judged.filter(({ traffic, unknown }) => !traffic.isEmpty || !unknown.isEmpty);
    // Of those that say the same the first is told.
    const isSaid = (each: Found, i: number) =>
      found.some((o, j) => i !== j && isUniform(o) && saysAll(o, each) && (j < i || !saysAll(each, o)));
    const told = found
      .filter((each, i) => !isSaid(each, i))
      .map((each) => ({ ...each, who: isUniform(each) ? each.who : partOf(each.who) }));
    told.sort((a, b) => (a.who === ANY_POD ? -1 : b.who === ANY_POD ? 1 : a.who < b.who ? -1 : a.who > b.who ? 1 : 0));
    return told.map(({ who, selection, traffic, unknown }) => {
      return { who, traffic, unknown, like: who === ANY_POD ? [] : this.like(selection) };
    });
  }

  /** Anybody, and whomever the rules treat otherwise than anybody. */
  private worthTelling(row: Row): readonly Kind[] {
    const known = this.byRow.get(row);
    if (known) return known;
    const usual = this.anybody && outcomeIn(row, this.anybody.pod);
    const kinds = this.all.filter((kind) => kind === this.anybody || outcomeIn(row, kind.pod) !== usual);
    this.byRow.set(row, kinds);
    return kinds;
  }

  private between(own: PodGroup, stranger: PodGroup, direction: Direction): Outcome | undefined {
    const { rows } = this.engine;
    const judged = outcomeIn(rows.of(direction, own), stranger);
    const outcome =
      direction === 'ingress'
        ? rows.outcomes.inSeries(rows.free(own), judged)
        : rows.outcomes.inSeries(judged, rows.free(own));
    const [from, to] = direction === 'ingress' ? [stranger, own] : [own, stranger];
    const { cluster } = this.engine;
    const coming = outcome && carried(cluster, { pod: from }, { pod: to }, outcome);
    return coming && guardedBetween(cluster, from, to, coming);
  }

  private like(selection: PodSelection): readonly string[] {
    const known = this.likes.get(selection);
    if (known) return known;
    const { pods } = this.engine.cluster;
    const carrying = [...this.engine.selected(selection)].map((index) => pods[index].workload);
    const declared = carrying.filter(({ provenance }) => provenance === 'declared');
    const like = [...new Set(declared.map(workloadLabel))].sort();
    this.likes.set(selection, like);
    return like;
  }
}

/** A kind of stranger, by the pod that stands for it. */
interface Kind {
  readonly pod: PodGroup;
  readonly who: string;
  readonly selection: PodSelection;
}

type Found = Pick<ExposedTo, 'traffic' | 'unknown'> & { readonly selection: PodSelection };

const NOTHING = TrafficSet.empty;

function partOf(who: string): string {
  return who === ANY_POD ? 'pods that no rule names' : `${who}, unless a rule names them otherwise`;
}

/** Pods that carry what some rule wants absent: they get less than those without it. */
export function escapingPods(resources: readonly Resource[]): readonly PodSelection[] {
  return peerSelections(resources).flatMap(({ pods, namespaces }) =>
    pods.requirements
      .filter(({ operator }) => operator === 'NotIn' || operator === 'DoesNotExist')
      .map((requirement) => ({ pods: LabelSelector.of([opposite(requirement)]), namespaces })),
  );
}

function isWithin({ selection }: Found, wide: Found): boolean {
  return selection.pods.implies(wide.selection.pods) && selection.namespaces.implies(wide.selection.namespaces);
}

/** Whether what is told of a wider kind of stranger says all that there is to say of a narrower one. */
function saysAll(wider: Found, each: Found): boolean {
  const { traffic, unknown } = each;
  return isWithin(each, wider) && wider.traffic.covers(traffic) && wider.traffic.union(wider.unknown).covers(unknown);
}

/** What passes to one pod of a workload or another; `undefined` where nothing may. */
function passingAny(outcomes: readonly Outcome[]): Pick<ExposedTo, 'traffic' | 'unknown'> | undefined {
  const union = (sets: readonly TrafficSet[]) => sets.reduce((a, b) => a.union(b), TrafficSet.empty);
  const possible = union(outcomes.map((o) => o.mayAllow)).intersect(TrafficSet.allPorts);
  if (possible.isEmpty) return undefined;
  const traffic = union(outcomes.map((o) => TrafficSet.allPorts.minus(o.mayDeny)));
  return { traffic, unknown: possible.minus(traffic) };
}

function doorsOf(pod: PodGroup, engine: PolicyEngine, offers: Offers): readonly ExposedDoor[] {
  const doors = frontDoorsOf(pod, engine.services).flatMap((door): readonly ExposedDoor[] => {
    const { via, service, port, protocol } = door;
    const { isShut, doubts } = guardFromOutside(engine.cluster, door);
    const open = doubts.length > 0 ? { doubts } : {};
    return isShut ? [] : [{ via, service: service && nameOf(service), port: `${port}/${protocol}`, ...open }];
  });
  return offers.isEmpty ? doors : [...doors, ...offers.to(pod, leadsTo(pod, engine.cluster)).map(doorAtEdge)];
}

function doorAtEdge({ edge, service, port, target, url, rule, doubts }: Offer): ExposedDoor {
  const open = [...edge.doubts, ...doubts];
  return {
    via: edge.api,
    service: nameOf(service),
    port: `${target}/${port.protocol}`,
    url,
    rule: `${rule.kind} ${nameOf(rule)}`,
    ...(open.length > 0 ? { doubts: open } : {}),
  };
}

function nameOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

/** Of those that several pods have the surest. */
function distinctDoors(doors: readonly ExposedDoor[]): readonly ExposedDoor[] {
  const found = new Map<string, ExposedDoor>();
  for (const door of doors) {
    const key = `${door.via} ${door.service} ${door.port} ${door.url} ${door.rule}`;
    if (!found.has(key) || !door.doubts) found.set(key, door);
  }
  return [...found.values()];
}
