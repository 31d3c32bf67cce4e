import { NAMESPACE_NAME_LABEL, type Namespace } from '../cluster/namespaces';
import type { PodSelection } from '../cluster/pod-selection';
import type { PodGroup } from '../cluster/workload';
import { BitSet } from '../values/bit-set';
import { append } from '../values/group-by';
import type { LabelSelector, Match } from '../values/label-selector';
import type { Protocol } from '../values/traffic-set';
import { PodAddresses } from './pod-addresses';

/** Pods by namespace, by label and by named port: a selector need not look at every pod of the cluster. */
export class PodIndex {
  private readonly byNamespace = new Map<Namespace, PodGroup[]>();
  private readonly namespacesByName = new Map<string, Namespace[]>();
  private readonly matches = new Map<string, ReadonlyMap<Namespace, Match>>();
  /** By key, then value. */
  private readonly byLabel = new Map<string, Map<string, PodGroup[]>>();
  /** Keys whose values some pods are yet to get: they can't be looked up by value. */
  private readonly withheld = new Set<string>();
  /** Pods that may have labels beside those that are known, as assumed ones have. */
  private readonly open: PodGroup[] = [];
  readonly strangers: BitSet;
  readonly addresses: PodAddresses;
  private readonly namedPorts = new Map<string, Map<number, BitSet>>();

  constructor(private readonly pods: readonly PodGroup[]) {
    this.addresses = new PodAddresses(pods);
    this.strangers = new BitSet(pods.length);
    for (const pod of pods) {
      if (pod.provenance === 'stranger') this.strangers.add(pod.index);
      if (pod.labels.open) this.open.push(pod);
      append(this.byNamespace, pod.namespace, pod);
      for (const [key, value] of pod.labels.known) append(this.valuesOf(key), value, pod);
      for (const key of pod.labels.withheld ?? []) this.withheld.add(key);
      for (const { name, port, protocol } of pod.ports) if (name) this.nameOf(name, protocol, port).add(pod.index);
    }
    for (const namespace of this.byNamespace.keys()) append(this.namespacesByName, namespace.name, namespace);
  }

  /** The namespaces with pods that a selector may mean, each with how surely it does. */
  namespaces(selector: LabelSelector): ReadonlyMap<Namespace, Match> {
    const known = this.matches.get(selector.key);
    if (known) return known;
    const named = selector.requirements.find(({ key, operator }) => operator === 'In' && key === NAMESPACE_NAME_LABEL);
    const candidates = named
      ? named.values.flatMap((name) => this.namespacesByName.get(name) ?? [])
      : this.byNamespace.keys();
    const matching = new Map<Namespace, Match>();
    for (const namespace of candidates) {
      const match = selector.match(namespace.labels);
      if (match !== 'no') matching.set(namespace, match);
    }
    this.matches.set(selector.key, matching);
    return matching;
  }

  /**
   * Every pod that the selection may take, and few others; some may come twice.
   * @param namespaces that it may mean
   */
  candidates(selection: PodSelection, namespaces: ReadonlyMap<Namespace, Match>): readonly PodGroup[] {
    let fewest: readonly (readonly PodGroup[])[] | undefined;
    let size = Number.POSITIVE_INFINITY;
    for (const { key, operator, values } of selection.pods.requirements) {
      if (operator !== 'In' || this.withheld.has(key)) continue;
      const lists = this.carrying(key, values);
      const pods = sizeOf(lists);
      if (pods < size) [fewest, size] = [lists, pods];
    }
    if (size > 1 && !selection.namespaces.isEverything) {
      const lists: (readonly PodGroup[])[] = [];
      for (const namespace of namespaces.keys()) lists.push(this.byNamespace.get(namespace)!);
      if (sizeOf(lists) < size) fewest = lists;
    }
    if (!fewest) return this.pods;
    return fewest.length === 1 ? fewest[0] : fewest.flat();
  }

  /** The pods that carry a label with one of some values, or may. */
  private carrying(key: string, values: readonly string[]): readonly (readonly PodGroup[])[] {
    const byValue = this.byLabel.get(key);
    const known = values.map((value) => byValue?.get(value) ?? NOBODY);
    return this.open.length === 0 ? known : [...known, this.open];
  }

  byNamedPort(name: string, protocol: Protocol): ReadonlyMap<number, BitSet> {
    return this.namedPorts.get(`${name}/${protocol}`) ?? new Map();
  }

  private valuesOf(key: string): Map<string, PodGroup[]> {
    const known = this.byLabel.get(key) ?? new Map<string, PodGroup[]>();
    this.byLabel.set(key, known);
    return known;
  }

  private nameOf(name: string, protocol: Protocol, port: number): BitSet {
    const key = `${name}/${protocol}`;
    const byNumber = this.namedPorts.get(key) ?? new Map<number, BitSet>();
    this.namedPorts.set(key, byNumber);
    const pods = byNumber.get(port) ?? new BitSet(this.pods.length);
    byNumber.set(port, pods);
    return pods;
  }
}

const NOBODY: readonly PodGroup[] = [];

function sizeOf(lists: readonly (readonly PodGroup[])[]): number {
  let size = 0;
  for (let i = 0; i < lists.length; i++) size += lists[i].length;
  return size;
}
