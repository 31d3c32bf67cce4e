import type { Cluster } from '../cluster/cluster';
import type { PodSelection } from '../cluster/pod-selection';
import type { PodGroup } from '../cluster/workload';
import { BitSet } from '../values/bit-set';
import { CidrSet } from '../values/cidr-set';
import type { LabelSelector, Match } from '../values/label-selector';
import { PortSet } from '../values/port-set';
import { certain, type Doubt, doubtful, type Ternary } from '../values/ternary';
import { type Protocol, TrafficSet } from '../values/traffic-set';
import { type EndpointSet, podSet, unionOfEndpoints } from './endpoint-set';
import type { Enforcer } from './enforcers/enforcer';
import { PodIndex } from './pod-index';

const HOST_NETWORK_DOUBT: Doubt = {
  rule: 'NP-28',
  wouldDecide: 'a cluster profile whose network plugin says how it treats hostNetwork pods',
};
const WITHHELD_LABEL_DOUBT: Doubt = {
  rule: 'NP-18',
  wouldDecide: 'a label whose value the controller chooses when it makes the pods: select by a label of the template',
};
const NODE_DOUBT: Doubt = {
  rule: 'NP-29',
  wouldDecide: 'whether the network plugin lets an ipBlock match nodes, which is an option of it',
};
const NODE_LABEL_DOUBT: Doubt = {
  rule: 'NP-43',
  wouldDecide: 'the labels and addresses of the nodes: declare the Node objects',
};
const DOMAIN_NAME_DOUBT: Doubt = {
  rule: 'NP-43',
  wouldDecide: 'which addresses the domain name of the rule stands for: promise about the name instead of an address',
};
const BLOCK_DOUBT: Doubt = {
  rule: 'NP-17',
  wouldDecide: 'a cluster profile whose network plugin says whether an ipBlock selects pods',
};

/** What selectors, blocks and ports of one cluster mean under one enforcer. Equal selections, and equal ports, share one set. */
export class EndpointCompiler {
  readonly everyone: Ternary<EndpointSet>;
  readonly index: PodIndex;
  /** By namespace selector, then pod selector. */
  private readonly selections = new Map<string, Map<string, Ternary<EndpointSet>>>();
  private readonly blocks = new Map<string, Ternary<EndpointSet>>();
  private readonly ranges = new Map<string, TrafficSet>();
  /** NP-17, NP-28: the pods that a block selects by their address. */
  private readonly addressable: Ternary<BitSet>;
  /** NP-28: pods that may be no pods at all to the policies. */
  private readonly onHostNetwork: BitSet;
  private ofClusterPolicies: EndpointCompiler | undefined;

  constructor(
    readonly cluster: Cluster,
    readonly enforcer: Enforcer,
    index = new PodIndex(cluster.pods),
  ) {
    const { pods } = cluster;
    this.index = index;
    this.everyone = certain({
      pods: BitSet.all(pods.length),
      addressed: [],
      nodes: CidrSet.all(),
      others: CidrSet.all(),
    });
    this.onHostNetwork = new BitSet(pods.length);
    for (const pod of pods) if (pod.hostNetwork) this.onHostNetwork.add(pod.index);
    const ordinary = this.everyone.may.pods.minus(this.onHostNetwork);
    this.addressable = addressablePods(ordinary, this.onHostNetwork, enforcer);
  }

  /** The same cluster by the words of the cluster-wide APIs, which say that a hostNetwork pod is its node and no pod. */
  forClusterPolicies(): EndpointCompiler {
    this.ofClusterPolicies ??=
      this.enforcer.hostNetworkPods === 'unknown'
        ? new EndpointCompiler(this.cluster, { ...this.enforcer, hostNetworkPods: 'as-node' }, this.index)
        : this;
    return this.ofClusterPolicies;
  }

  /** Pods by namespace and label selectors. Never anything outside the cluster (NP-11, NP-18). */
  select(selection: PodSelection): Ternary<EndpointSet> {
    const { namespaces, pods } = selection;
    let inNamespaces = this.selections.get(namespaces.key);
    if (!inNamespaces) {
      inNamespaces = new Map();
      this.selections.set(namespaces.key, inNamespaces);
    }
    let known = inNamespaces.get(pods.key);
    if (!known) {
      known = this.selectAnew(selection);
      inNamespaces.set(pods.key, known);
    }
    return known;
  }

  /** An ipBlock: addresses outside and nodes, and pods by their address where the plugin lets it (NP-17). */
  block(addresses: CidrSet): Ternary<EndpointSet> {
    const key = addresses.toString();
    const known = this.blocks.get(key) ?? this.blockAnew(addresses);
    this.blocks.set(key, known);
    return known;
  }

  /** Nodes by their labels, and with them the pods on their network. Which other nodes there are nobody says here. */
  nodes(selector: LabelSelector): Ternary<EndpointSet> {
    const { pods, nodes } = this.cluster;
    if (!selector.isSatisfiable()) return certain(podSet(new BitSet(pods.length)));
    if (selector.isEverything) return certain({ ...podSet(this.onHostNetwork), nodes: CidrSet.all() });
    const matching = (wanted: readonly Match[]) =>
      CidrSet.ofAddresses(nodes.filter((n) => wanted.includes(selector.match(n.labels))).flatMap((n) => n.addresses));
    const others = CidrSet.ofAddresses(nodes.flatMap((node) => node.addresses));
    const must = new BitSet(pods.length);
    const may = new BitSet(pods.length);
    for (const index of this.onHostNetwork) {
      const node = nodes.find(({ name }) => name === pods[index].nodeName);
      const match = node ? selector.match(node.labels) : 'maybe';
      if (match !== 'no') may.add(index);
      if (match === 'yes') must.add(index);
    }
    return doubtful(
      { ...podSet(must), nodes: matching(['yes']) },
      {
        ...podSet(may),
        nodes: CidrSet.all()
          .minus(others)
          .union(matching(['yes', 'maybe'])),
      },
      NODE_LABEL_DOUBT,
    );
  }

  /** What goes by one of these names; an address alone may, or may not, be one of theirs. */
  domainNames(domainNames: readonly string[]): Ternary<EndpointSet> {
    const nobody = podSet(new BitSet(this.cluster.pods.length));
    // A name is an address once it is looked up: that of a node or a pod too, where a block may mean these.
    const anyAddress = this.block(CidrSet.all()).may;
    return doubtful({ ...nobody, domainNames }, { ...anyAddress, domainNames }, DOMAIN_NAME_DOUBT);
  }

  /** Every pod of the namespaces, on the host network or not: for what may select anybody there. */
  anybodyIn(namespaces: LabelSelector): EndpointSet {
    const { pods } = this.cluster;
    const inside = pods.filter((pod) => namespaces.match(pod.namespace.labels) !== 'no');
    return podSet(
      BitSet.of(
        pods.length,
        inside.map((pod) => pod.index),
      ),
    );
  }

  /** Ports by number, from the first to the last. */
  ports(protocol: Protocol, first: number, last = first): TrafficSet {
    const key = `${protocol} ${first}-${last}`;
    let known = this.ranges.get(key);
    if (!known) {
      known = TrafficSet.of(protocol, PortSet.range(first, last));
      this.ranges.set(key, known);
    }
    return known;
  }

  /** NP-22: pods that nobody declared, whose ports may have any name. */
  get undeclared(): BitSet {
    return this.index.strangers;
  }

  /** NP-21, NP-23: by number, the pods whose container port has this name and this protocol; a node has no named ports. */
  *podsByNamedPort(name: string, protocol: Protocol): Generator<readonly [number, Ternary<BitSet>]> {
    const { hostNetworkPods } = this.enforcer;
    for (const [number, pods] of this.index.byNamedPort(name, protocol)) {
      if (hostNetworkPods === 'as-pod' || !pods.intersects(this.onHostNetwork)) yield [number, certain(pods)];
      else {
        const ordinary = pods.minus(this.onHostNetwork);
        yield [
          number,
          hostNetworkPods === 'as-node' ? certain(ordinary) : doubtful(ordinary, pods, HOST_NETWORK_DOUBT),
        ];
      }
    }
  }

  private blockAnew(addresses: CidrSet): Ternary<EndpointSet> {
    const { must, may, because } = this.addressable;
    const { ipBlockSelectsNodes } = this.enforcer;
    const { inside, partly } = this.index.addresses.within(addresses);
    const reading = (selectable: BitSet, isOfNodes: boolean): EndpointSet => {
      const open = partly.intersect(selectable);
      return {
        pods: inside.intersect(selectable),
        addressed: open.isEmpty ? [] : [{ pods: open, addresses }],
        nodes: isOfNodes ? addresses : CidrSet.empty,
        others: addresses,
      };
    };
    const widest = reading(may, ipBlockSelectsNodes !== false);
    if (must === may && ipBlockSelectsNodes !== 'unknown') return certain(widest);
    const doubts = [...(because ?? []), ...(ipBlockSelectsNodes === 'unknown' ? [NODE_DOUBT] : [])];
    return doubtful(reading(must, ipBlockSelectsNodes === true), widest, ...doubts);
  }

  private selectAnew(selection: PodSelection): Ternary<EndpointSet> {
    const { hostNetworkPods } = this.enforcer;
    const may = new BitSet(this.cluster.pods.length);
    const uncertain: number[] = [];
    const doubts = new Map<string, Doubt>();
    const namespaces = this.index.namespaces(selection.namespaces);
    for (const pod of this.index.candidates(selection, namespaces)) {
      const ofNamespace = namespaces.get(pod.namespace);
      if (!ofNamespace) continue;
      const ofPod = selection.pods.match(pod.labels);
      if (ofPod === 'no') continue;
      // NP-28: a hostNetwork pod counts as its node or as a pod, or, where nobody says so, may count as either.
      if (pod.hostNetwork && hostNetworkPods === 'as-node') continue;
      may.add(pod.index);
      const doubt = this.doubtAbout(pod, ofPod, ofNamespace);
      if (doubt) {
        doubts.set(`${doubt.rule} ${doubt.wouldDecide}`, doubt);
        uncertain.push(pod.index);
      }
    }
    if (doubts.size === 0) return certain(podSet(may));
    const must = may.minus(BitSet.of(may.size, uncertain));
    return doubtful(podSet(must), podSet(may), ...doubts.values());
  }

  private doubtAbout(pod: PodGroup, ofPod: Match, ofNamespace: Match): Doubt | undefined {
    if (pod.hostNetwork && this.enforcer.hostNetworkPods === 'unknown') return HOST_NETWORK_DOUBT;
    if (ofPod === 'maybe') return pod.labels.open ? openLabelDoubt(pod) : WITHHELD_LABEL_DOUBT;
    return ofNamespace === 'maybe' ? namespaceDoubt(pod.namespace.name) : undefined;
  }
}

/** NP-17: ordinary pods where the plugin lets blocks select them. NP-28, NP-29: those on the host network as their node. */
function addressablePods(ordinary: BitSet, onHostNetwork: BitSet, enforcer: Enforcer): Ternary<BitSet> {
  const { ipBlockSelectsPods: selects, ipBlockSelectsNodes: selectsNodes, hostNetworkPods } = enforcer;
  const none = new BitSet(ordinary.size);
  const surely = (is: boolean, pods: BitSet) => (is ? pods : none);
  const readings = {
    'as-node': [selectsNodes],
    'as-pod': [selects],
    unknown: [selectsNodes, selects],
  }[hostNetworkPods];
  const hostMust = surely(
    readings.every((reading) => reading === true),
    onHostNetwork,
  );
  const hostMay = surely(
    readings.some((reading) => reading !== false),
    onHostNetwork,
  );
  const must = surely(selects === true, ordinary).union(hostMust);
  const may = surely(selects !== false, ordinary).union(hostMay);
  if (must.equals(may)) return certain(may);
  const doubts = [
    ...(selects === 'unknown' ? [BLOCK_DOUBT] : []),
    ...(hostMust.equals(hostMay) ? [] : [HOST_NETWORK_DOUBT]),
  ];
  return doubtful(must, may, ...doubts);
}

/** NP-18: an assumed pod has the labels of its Helm chart, and those that its release gave it. */
function openLabelDoubt({ workload: { namespace, name } }: PodGroup): Doubt {
  const wouldDecide = `all labels of the pods of ${namespace}/${name}, which the profile assumes: have their manifests in the input`;
  return { rule: 'NP-18', wouldDecide, namespace };
}

function namespaceDoubt(name: string): Doubt {
  return { rule: 'NP-14', wouldDecide: `the manifest of Namespace ${name}, which tells its labels`, namespace: name };
}

export function unionOfTernary(a: Ternary<EndpointSet>, b: Ternary<EndpointSet>): Ternary<EndpointSet> {
  const may = unionOfEndpoints(a.may, b.may);
  if (a.must === a.may && b.must === b.may) return certain(may);
  return doubtful(unionOfEndpoints(a.must, b.must), may, ...(a.because ?? []), ...(b.because ?? []));
}
