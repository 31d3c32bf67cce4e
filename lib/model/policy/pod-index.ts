import { NAMESPACE_NAME_LABEL } from '../cluster/namespaces';
import type { PodSelection } from '../cluster/pod-selection';
import type { PodGroup } from '../cluster/workload';
import { BitSet } from '../values/bit-set';
import type { LabelSelector } from '../values/label-selector';
import type { Protocol } from '../values/traffic-set';
import { PodAddresses } from './pod-addresses';

/** Pods by namespace, by label and by named port: a selector need not look at every pod of the cluster. */
export class PodIndex {
  private readonly byNamespace = new Map<string, PodGroup[]>();
  private readonly byLabel = new Map<string, PodGroup[]>();
  /** Keys whose values some pods are yet to get: they can't be looked up by value. */
  private readonly withheld = new Set<string>();
  readonly strangers: BitSet;
  readonly addresses: PodAddresses;
  private readonly namedPorts = new Map<string, Map<number, BitSet>>();

  constructor(private readonly pods: readonly PodGroup[]) {
    this.addresses = new PodAddresses(pods);
    const undeclared = pods.filter((pod) => pod.provenance === 'stranger');
    this.strangers = BitSet.of(
      pods.length,
      undeclared.map((pod) => pod.index),
    );
    for (const pod of pods) {
      append(this.byNamespace, pod.namespace.name, pod);
      for (const [key, value] of pod.labels.known) append(this.byLabel, `${key}=${value}`, pod);
      for (const key of pod.labels.withheld ?? []) this.withheld.add(key);
      for (const { name, port, protocol } of pod.ports) if (name) this.nameOf(name, protocol, port).add(pod.index);
    }
  }

  /** Every pod that the selection may take, and few others. INVARIANT: the labels of pods are closed. */
  candidates(selection: PodSelection): readonly PodGroup[] {
    const lists = [
      ...valuesWanted(selection.namespaces, (key) => key === NAMESPACE_NAME_LABEL).map(({ values }) =>
        joined(values, (value) => this.byNamespace.get(value)),
      ),
      ...valuesWanted(selection.pods, (key) => !this.withheld.has(key)).map(({ key, values }) =>
        joined(values, (value) => this.byLabel.get(`${key}=${value}`)),
      ),
    ];
    return lists.reduce<readonly PodGroup[]>((least, list) => (list.length < least.length ? list : least), this.pods);
  }

  byNamedPort(name: string, protocol: Protocol): ReadonlyMap<number, BitSet> {
    return this.namedPorts.get(`${name}/${protocol}`) ?? new Map();
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

function valuesWanted(selector: LabelSelector, isIndexed: (key: string) => boolean) {
  return selector.requirements.filter(({ key, operator }) => operator === 'In' && isIndexed(key));
}

/** Most selectors want one value: its list need not be copied. */
function joined(values: readonly string[], listOf: (value: string) => readonly PodGroup[] | undefined) {
  return values.length === 1 ? (listOf(values[0]) ?? []) : values.flatMap((value) => listOf(value) ?? []);
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
