import type { Cluster } from '../cluster/cluster';
import type { FirewallRule } from '../cluster/node-firewall';
import { mayRunOn } from '../cluster/whereabouts';
import type { PodGroup } from '../cluster/workload';
import { masqueradingOf } from '../fabric/masquerade';
import { CidrSet } from '../values/cidr-set';
import type { Doubt } from '../values/ternary';
import { mayShareNode } from './own-node';
import type { End } from './policy-hops';

/** Somebody as what guards a node sees him: by whose address his packets come. */
export interface Sender {
  readonly kind: 'outside' | 'pod' | 'node';
  readonly addresses: CidrSet;
}

/** How the packets of an end may come to a node: more than one way where nobody tells which of them it is. */
export interface Senders {
  readonly ways: readonly Sender[];
  readonly doubts: readonly Doubt[];
}

const MASQUERADE: Doubt = {
  rule: 'NET-04',
  wouldDecide:
    'whether what pods send to other nodes has the address of their own node, which is for the plugin to say, and for an ip-masq-agent: `ipMasqAgent` in the cluster profile',
};

/** NET-04: a pod shows nodes its own address, or that of its node. */
export function sendersOf(from: End, cluster: Cluster): Senders {
  if (!('pod' in from)) {
    const { node, addresses } = from;
    return { ways: [{ kind: node === undefined ? 'outside' : 'node', addresses }], doubts: [] };
  }
  const { pod } = from;
  const asNode: Sender = { kind: 'node', addresses: addressesOfNode(pod.nodeName, cluster) };
  if (pod.hostNetwork) return { ways: [asNode], doubts: [] };
  const asPod: Sender = { kind: 'pod', addresses: pod.domain };
  if (masqueradingOf(cluster).leavesNodesAlone) return { ways: [asPod], doubts: [] };
  return { ways: [asPod, asNode], doubts: [MASQUERADE] };
}

function addressesOfNode(name: string | undefined, cluster: Cluster): CidrSet {
  const own = cluster.addresses.node(name)?.addresses ?? [];
  return own.length > 0 ? CidrSet.ofAddresses(own) : possibleNodes(cluster);
}

/** Where nodes are, as far as anybody tells; every address where nobody does. */
function possibleNodes({ profile, nodes }: Cluster): CidrSet {
  const { nodeCidr } = profile;
  if (nodeCidr.isEmpty) return CidrSet.all();
  return nodeCidr.union(CidrSet.ofAddresses(nodes.flatMap(({ addresses }) => addresses)));
}

const NODES_UNKNOWN: Doubt = {
  rule: 'NET-01',
  wouldDecide: '`nodeCidr` in the cluster profile: which addresses are those of nodes',
};
const PODS_UNKNOWN: Doubt = {
  rule: 'NET-01',
  wouldDecide: '`podCidr` in the cluster profile: which addresses are those of pods',
};
const BALANCERS: Doubt = {
  rule: 'NET-01',
  wouldDecide: 'who gets to the load balancers that the firewall lets in',
};
const IN_PART: Doubt = {
  rule: 'NET-01',
  wouldDecide: 'senders that a rule of the firewall means as a whole, or not at all',
};

/** Whether a rule means a sender; a doubt where nobody knows. */
export function meansSender(rule: FirewallRule, sender: Sender, cluster: Cluster): 'yes' | 'no' | Doubt {
  const answers = [...rule.senders].map((word) => WORDS[word](sender, cluster));
  answers.push(within(rule.addresses, sender, IN_PART));
  if (answers.includes('yes')) return 'yes';
  return answers.find((answer) => answer !== 'no') ?? 'no';
}

type Answer = ReturnType<typeof meansSender>;

const WORDS: Readonly<
  Record<
    FirewallRule['senders'] extends ReadonlySet<infer W extends string> ? W : never,
    (sender: Sender, cluster: Cluster) => Answer
  >
> = {
  anywhere: () => 'yes',
  internet: (sender, { outside }) => {
    const doubt = { outside: IN_PART, pod: PODS_UNKNOWN, node: NODES_UNKNOWN }[sender.kind];
    const answer = within(outside, sender, doubt);
    // What is inside is not the internet, wherever its address may lie.
    return sender.kind !== 'outside' && answer === 'yes' ? doubt : answer;
  },
  // A load balancer sends what its clients sent.
  'load-balancers': ({ kind }) => (kind === 'outside' ? BALANCERS : 'no'),
  nodes: (sender, cluster) => {
    if (sender.kind === 'node') return 'yes';
    return sender.kind === 'outside' && sender.addresses.intersects(possibleNodes(cluster)) ? NODES_UNKNOWN : 'no';
  },
  pods: (sender, { profile }) => {
    if (sender.kind === 'pod') return 'yes';
    const mayBePods = profile.podCidr.isEmpty || sender.addresses.intersects(profile.podCidr);
    return sender.kind === 'outside' && mayBePods ? PODS_UNKNOWN : 'no';
  },
};

function within(meant: CidrSet, { addresses }: Sender, inPart: Doubt): Answer {
  if (!meant.intersects(addresses)) return 'no';
  return meant.covers(addresses) ? 'yes' : inPart;
}

/**
 * NP-30: whether a sender may be on the node itself. Where nobody says on which node a pod is, promises leave its own one out;
 * what is on the network of its node may be on any.
 */
export function mayBeOneNode(cluster: Cluster, from: End, to: End): boolean {
  const [sender, node] = [nodeNameOf(from), nodeNameOf(to)];
  if (sender === '') return false;
  // Of two pods each is on some node.
  if ('pod' in to && 'pod' in from) return mayShareNode(cluster, from.pod, to.pod);
  if (sender === undefined) return 'pod' in from && from.pod.hostNetwork && mayBeOn(cluster, from.pod, to);
  if (node !== undefined && node !== '') return sender === node;
  const role = 'addresses' in to ? to.guarded : undefined;
  const own = cluster.addresses.node(sender);
  // INVARIANT: nodes of the role that have addresses are ends of their own.
  return role === undefined || own?.role === undefined || (own.role === role && own.addresses.length === 0);
}

/** NP-30: whether a pod that no manifest binds to a node sends to a node, which may be that on which it runs. */
export function mayRunThere(cluster: Cluster, from: End, to: End): boolean {
  if (!('pod' in from) || 'pod' in to) return false;
  return !from.pod.hostNetwork && from.pod.nodeName === undefined && mayBeOn(cluster, from.pod, to);
}

/** A node that nobody names may be any. */
function mayBeOn(cluster: Cluster, pod: PodGroup, to: End): boolean {
  const node = nodeNameOf(to);
  return node === undefined || node === '' || mayRunOn(cluster, pod, node);
}

/** `''` for a node that nobody names. */
function nodeNameOf(end: End): string | undefined {
  return 'pod' in end ? end.pod.nodeName : end.node;
}
