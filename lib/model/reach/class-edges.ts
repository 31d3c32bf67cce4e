import type { PodGroup } from '../cluster/workload';
import type { PairOutcome } from '../policy/joint-outcomes';
import type { Row, Rows } from '../policy/rows';
import { BitSet } from '../values/bit-set';
import { append } from '../values/group-by';

/** The same traffic passes, or may pass, from each of the sources to each of the targets. */
export interface ClassEdge {
  readonly sources: BitSet;
  readonly targets: BitSet;
  readonly outcome: PairOutcome;
}

/**
 * The whole map between pods as edges between classes: pairs that some port may pass, each in exactly one edge.
 * Sources whose egress rules come to the same share a row, and targets likewise; the work grows with the rows
 * and with who is open to whom, not with pairs.
 * @param size of the bit sets: the number of all pods of the cluster
 */
export function classEdges(rows: Rows, pods: readonly PodGroup[], size: number): readonly ClassEdge[] {
  const sources = new SourceClasses(rows, pods, size);
  return classesBy('ingress', rows, pods, size).flatMap((targets) => edgesInto(targets, sources, rows));
}

/** Pods with one row, and the parts of the row that are not shut. */
interface RowClass {
  readonly members: BitSet;
  readonly list: readonly number[];
  readonly open: readonly Segment[];
}

interface Segment {
  readonly outcome: number;
  readonly pods: BitSet;
}

function classesBy(direction: 'egress' | 'ingress', rows: Rows, pods: readonly PodGroup[], size: number): RowClass[] {
  const byRow = new Map<Row, number[]>();
  for (const pod of pods) append(byRow, rows.of(direction, pod), pod.index);
  const all = BitSet.of(
    size,
    pods.map((pod) => pod.index),
  );
  return [...byRow].map(([row, list]) => ({
    list,
    members: BitSet.of(size, list),
    open: openSegments(row, all, rows),
  }));
}

/** INVARIANT: what is shut takes no part, so that most rows have few segments, and only open rests are spelt out. */
function openSegments({ parts, rest }: Row, all: BitSet, { outcomes }: Rows): readonly Segment[] {
  const open = parts.filter(({ outcome }) => outcomes.opensPorts(outcome));
  if (!outcomes.opensPorts(rest)) return open;
  return [...open, { outcome: rest, pods: parts.reduce((left, { pods }) => left.minus(pods), all) }];
}

/** The classes of sources, and which of them a set of pods touches. */
class SourceClasses {
  private readonly classes: readonly RowClass[];
  private readonly classOf: (RowClass | undefined)[] = [];

  constructor(rows: Rows, pods: readonly PodGroup[], size: number) {
    this.classes = classesBy('egress', rows, pods, size);
    for (const own of this.classes) for (const index of own.list) this.classOf[index] = own;
  }

  /** Each class that has members among the pods, with these members. */
  *among(pods: BitSet): Generator<readonly [RowClass, BitSet]> {
    if (pods.count() < this.classes.length) yield* this.bySearching(pods);
    else {
      for (const own of this.classes) {
        const members = membersAmong(own, pods);
        if (members) yield [own, members];
      }
    }
  }

  private bySearching(pods: BitSet): Map<RowClass, BitSet> {
    const found = new Map<RowClass, BitSet>();
    for (const index of pods) {
      const own = this.classOf[index];
      if (!own) continue;
      const members = found.get(own);
      if (members) members.add(index);
      else found.set(own, BitSet.of(pods.size, [index]));
    }
    return found;
  }
}

/** The members among some pods; most classes have one, for which a look suffices. */
function membersAmong({ list, members }: RowClass, pods: BitSet): BitSet | undefined {
  if (list.length === 1) return pods.has(list[0]) ? members : undefined;
  if (!members.intersects(pods)) return undefined;
  return pods.covers(members) ? members : members.intersect(pods);
}

function edgesInto(to: RowClass, sources: SourceClasses, rows: Rows): readonly ClassEdge[] {
  const edges = new Map<PairOutcome, Map<string, ClassEdge>>();
  const add = (outcome: PairOutcome, from: BitSet, targets: BitSet) => {
    const sameOutcome = edges.get(outcome) ?? new Map<string, ClassEdge>();
    edges.set(outcome, sameOutcome);
    // Where there is but one target the key need not tell which.
    const key = to.list.length === 1 ? '' : targets.key;
    const edge = sameOutcome.get(key);
    if (edge) edge.sources.unionInPlace(from);
    else sameOutcome.set(key, { sources: from.clone(), targets, outcome });
  };
  for (const entering of to.open) {
    for (const [from, members] of sources.among(entering.pods)) {
      for (const leaving of from.open) {
        const targets = membersAmong(to, leaving.pods);
        if (!targets) continue;
        const outcome = rows.outcomes.inSeries(leaving.outcome, entering.outcome);
        if (outcome?.opensPorts) add(outcome, members, targets);
      }
    }
  }
  return [...edges.values()].flatMap((sameOutcome) => [...sameOutcome.values()]);
}
