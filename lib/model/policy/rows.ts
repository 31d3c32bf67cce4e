import type { PodGroup } from '../cluster/workload';
import { BitSet } from '../values/bit-set';
import type { CidrSet } from '../values/cidr-set';
import type { IpFamily } from '../values/ip';
import type { EndpointSet } from './endpoint-set';
import { judgeAtEach } from './evaluate';
import { JointOutcomes } from './joint-outcomes';
import type { Direction } from './language';
import { FREE } from './outcome';
import type { PodAddresses } from './pod-addresses';
import type { SubjectStages } from './subject-stages';

/** What one direction's policies of a subject do to all traffic, by peer: parts of the pods that its rules can't tell apart. */
export interface Row {
  /** The joint outcome for every pod that is in no part. */
  readonly rest: number;
  /** Disjoint; each with an outcome other than `rest`. */
  readonly parts: readonly { readonly outcome: number; readonly pods: BitSet }[];
}

export function outcomeIn(row: Row, peer: PodGroup): number {
  return row.parts.find(({ pods }) => pods.has(peer.index))?.outcome ?? row.rest;
}

/** What of all policies applies to a pod. */
interface Policies {
  readonly cluster: { readonly pods: readonly PodGroup[] };
  of(direction: Direction, subject: PodGroup): SubjectStages;
}

/**
 * The rows of all subjects. Each kind of subject is judged once against each cell of peers, so that the work grows with
 * what rules distinguish, not with pairs of pods; equal rows are one object.
 */
export class Rows {
  readonly outcomes: JointOutcomes;
  private readonly byKind = new Map<SubjectStages, Row>();
  private readonly askedBefore = new Set<SubjectStages>();
  private readonly freeIn = new Map<CidrSet, number>();
  private readonly interned = new Map<string, Row>();
  private readonly byFamily = new Map<CidrSet, readonly CidrSet[]>();
  private familyGroups: readonly BitSet[] | undefined;

  constructor(
    private readonly engine: Policies,
    private readonly families: readonly IpFamily[],
    private readonly addresses: PodAddresses,
  ) {
    this.outcomes = new JointOutcomes();
  }

  of(direction: Direction, subject: PodGroup): Row {
    const own = this.engine.of(direction, subject);
    const known = this.byKind.get(own);
    if (known) return known;
    const row = this.intern(this.judged(own, subject));
    this.byKind.set(own, row);
    return row;
  }

  /** The outcome with one peer. A row is worth its price only to who asks about several. */
  outcome(direction: Direction, subject: PodGroup, peer: PodGroup): number {
    const own = this.engine.of(direction, subject);
    if (this.byKind.has(own) || this.askedBefore.has(own)) return outcomeIn(this.of(direction, subject), peer);
    this.askedBefore.add(own);
    return this.judgeOne(own, subject, peer);
  }

  /** The outcome of a direction in which nobody's policies count, for traffic with this pod. */
  free({ domain }: PodGroup): number {
    const known =
      this.freeIn.get(domain) ??
      this.outcomes.intern(this.families.map((f) => (domain.ofFamily(f).isEmpty ? undefined : FREE)));
    this.freeIn.set(domain, known);
    return known;
  }

  private judged(own: SubjectStages, subject: PodGroup): Row {
    const { pods } = this.engine.cluster;
    this.familyGroups ??= this.groupByFamilies(pods);
    const [, ...rare] = this.familyGroups;
    const sets = podSetsOf(own);
    for (const pods of rare) sets.add(pods);
    const cells = cellsOf(sets, pods.length);
    const byOutcome = new Map<number, BitSet>();
    for (const cell of cells) this.judgeCell(own, subject, cell, byOutcome);
    const other = firstOutside(cells, pods);
    // INVARIANT: whoever is in no cell is like any other there: no rule names them, and all have the families of most pods.
    const rest = other ? this.judgeOne(own, subject, other) : mostCommon(byOutcome);
    const parts = [...byOutcome].filter(([outcome]) => outcome !== rest);
    return { rest, parts: parts.map(([outcome, sharing]) => ({ outcome, pods: sharing })) };
  }

  /** The pods of a cell differ at most in their addresses: where rules look at these, by the ranges that they lie in. */
  private judgeCell(own: SubjectStages, subject: PodGroup, cell: BitSet, byOutcome: Map<number, BitSet>): void {
    const add = (part: BitSet) => {
      const outcome = this.judgeOne(own, subject, this.engine.cluster.pods[part.first!]);
      const sharing = byOutcome.get(outcome);
      if (sharing) sharing.unionInPlace(part);
      else byOutcome.set(outcome, part.clone());
    };
    if (own.podCuts.ranges.length === 0) {
      add(cell);
      return;
    }
    let known = cell;
    for (const range of this.rangesIn(cell)) {
      add(range);
      known = known.minus(range);
    }
    // INVARIANT: known addresses were settled when the blocks were compiled (see `PodAddresses`).
    if (!known.isEmpty) add(known);
  }

  /** The pods of a cell whose own address nobody knows, by the range that it lies in. */
  private rangesIn(cell: BitSet): readonly BitSet[] {
    const { ranges } = this.addresses;
    if (ranges.size <= FEW)
      return [...ranges.values()].flatMap((range) => (range.intersects(cell) ? [range.intersect(cell)] : []));
    // In a dump of a dual-stack cluster each pod has a range of its own: its two addresses.
    const { pods } = this.engine.cluster;
    const found = new Map<CidrSet, BitSet>();
    for (const index of cell) {
      const { domain } = pods[index];
      if (!ranges.has(domain)) continue;
      const sharing = found.get(domain) ?? new BitSet(pods.length);
      sharing.add(index);
      found.set(domain, sharing);
    }
    return [...found.values()];
  }

  private judgeOne(own: SubjectStages, subject: PodGroup, peer: PodGroup): number {
    return this.outcomes.intern(judgeAtEach(own, subject, peer, this.inFamilies(peer.domain)));
  }

  /** The part of each family. */
  private inFamilies(domain: CidrSet): readonly CidrSet[] {
    const known = this.byFamily.get(domain) ?? this.families.map((family) => domain.ofFamily(family));
    this.byFamily.set(domain, known);
    return known;
  }

  /** Pods by the families of their addresses, the largest group first. */
  private groupByFamilies(pods: readonly PodGroup[]): readonly BitSet[] {
    const byDomain = new Map<CidrSet, BitSet>();
    const groups = new Map<string, BitSet>();
    for (const { domain, index } of pods) {
      let group = byDomain.get(domain);
      if (!group) {
        const families = this.inFamilies(domain).map(({ isEmpty }) => isEmpty);
        group = groups.get(families.join()) ?? new BitSet(pods.length);
        groups.set(families.join(), group);
        byDomain.set(domain, group);
      }
      group.add(index);
    }
    return [...groups.values()].sort((a, b) => b.count() - a.count());
  }

  private intern(row: Row): Row {
    const parts = [...row.parts].sort((a, b) => a.outcome - b.outcome);
    const key = [row.rest, ...parts.map(({ outcome, pods }) => `${outcome}:${pods.key}`)].join('|');
    const known = this.interned.get(key) ?? { rest: row.rest, parts };
    this.interned.set(key, known);
    return known;
  }
}

/** So many ranges are looked through one by one. */
const FEW = 16;

/** Every set of pods by which the rules tell peers apart. */
function podSetsOf(own: SubjectStages): Set<BitSet> {
  const sets = new Set<BitSet>();
  const add = ({ pods, addressed }: EndpointSet) => {
    sets.add(pods);
    for (const part of addressed) sets.add(part.pods);
  };
  for (const { peer } of own.rules) {
    add(peer.may);
    if (peer.must !== peer.may) add(peer.must);
  }
  return sets;
}

/** The coarsest parts of the union of the sets such that no set cuts one in two. */
function cellsOf(sets: Iterable<BitSet>, size: number): readonly BitSet[] {
  let cells: BitSet[] = [];
  let covered = new BitSet(size);
  for (const set of sets) {
    const isNew = !covered.intersects(set);
    if (!isNew) cells = cells.flatMap((cell) => split(cell, set));
    const fresh = isNew ? set : set.minus(covered);
    if (fresh.isEmpty) continue;
    cells.push(fresh);
    covered = covered.union(fresh);
  }
  return cells;
}

function split(cell: BitSet, by: BitSet): readonly BitSet[] {
  if (!cell.intersects(by)) return [cell];
  const rest = cell.minus(by);
  return rest.isEmpty ? [cell] : [cell.intersect(by), rest];
}

/** INVARIANT: the cells are disjoint, so that those which hold as many pods as there are hold all. */
function firstOutside(cells: readonly BitSet[], pods: readonly PodGroup[]): PodGroup | undefined {
  if (cells.reduce((sum, cell) => sum + cell.count(), 0) === pods.length) return undefined;
  return pods.find(({ index }) => !cells.some((cell) => cell.has(index)));
}

function mostCommon(byOutcome: ReadonlyMap<number, BitSet>): number {
  const [[outcome]] = [...byOutcome].sort(([, a], [, b]) => b.count() - a.count());
  return outcome;
}
