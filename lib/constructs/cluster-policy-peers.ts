import { Construct } from 'constructs';
import type { LabelValues } from '../intents/endpoint';
import type { ClusterProfileSpec } from '../model/cluster/profile';
import { CidrSet, formatCidr } from '../model/values/cidr-set';
import { type Endpoint, endpointRef } from './endpoint-ref';
import { oneWorkloadOf, peersOf, selectorSpec } from './policy-peers';
import { type LabelSelectorSpec, NAMESPACE_NAME_LABEL, type PolicyPeer } from './policy-spec';

/** Pods as a ClusterNetworkPolicy writes them: all of some namespaces, or some by their labels. */
export type ClusterPods =
  | { readonly namespaces: LabelSelectorSpec }
  | { readonly pods: { readonly namespaceSelector: LabelSelectorSpec; readonly podSelector: LabelSelectorSpec } };

/** A destination as a ClusterNetworkPolicy writes it. */
export type ClusterPeer =
  | ClusterPods
  | { readonly networks: readonly string[] }
  | { readonly nodes: LabelSelectorSpec }
  | { readonly domainNames: readonly string[] };

/** The mark by which any object (of any copy of this library) offers itself as nodes. */
const NODES: unique symbol = Symbol.for('portolan.nodes') as never;

/** Nodes as destinations of a ClusterNetworkPolicy. */
export interface NodeSelection {
  readonly [NODES]: LabelValues;
}

/**
 * The addresses of nodes, by the nodes' labels. Pods on the network of their node are behind them too.
 *
 * @param labels default: every node
 */
export function nodes(labels: LabelValues = {}): NodeSelection {
  return Object.freeze({ [NODES]: Object.freeze({ ...labels }) });
}

/** Where pods may send to. */
export type Destination = Endpoint | NodeSelection;

/** Whom a policy is about: one workload, or pods by their labels, or namespaces. */
export function subjectOf(subject: Endpoint): ClusterPods {
  if (Construct.isConstruct(subject)) {
    const pods = oneWorkloadOf(subject);
    return podsOf(namespaceNamed(pods.namespace), pods.selector);
  }
  const ref = endpointRef(subject);
  if (ref.kind === 'pods' || ref.kind === 'namespace') return podsOfPeer(peersOf(subject, NOWHERE)[0]);
  throw new Error(
    'Unable to apply a ClusterNetworkPolicy to this: give an app or another workload, pods({ ... }) or namespace(...).',
  );
}

/** Who may be the source of a connection: pods alone. */
export function sourcesOf(endpoint: Endpoint): readonly ClusterPods[] {
  const peers = isNodes(endpoint) ? undefined : peersOf(endpoint, NOWHERE);
  if (peers?.every(({ ipBlock }) => !ipBlock)) return peers.map(podsOfPeer);
  throw new Error(
    'Unable to make nodes or addresses the source in a ClusterNetworkPolicy: its API knows pods only there. ' +
      'Give apps, pods({ ... }) or namespace(...).',
  );
}

/** Where a connection may lead. */
export function destinationsOf(destination: Destination, cluster: ClusterProfileSpec): readonly ClusterPeer[] {
  if (isNodes(destination)) return [{ nodes: selectorSpec(destination[NODES]) }];
  const ref = Construct.isConstruct(destination) ? undefined : endpointRef(destination);
  // The one policy that knows names: no address need stand for the host.
  if (ref?.kind === 'external' && ref.cidrs === undefined) return [{ domainNames: [ref.host] }];
  const peers = peersOf(destination, { ...NOWHERE, cluster });
  const blocks = peers.flatMap(({ ipBlock }) => ipBlock ?? []);
  return [...peers.filter(({ ipBlock }) => !ipBlock).map(podsOfPeer), ...networksOf(blocks)];
}

function isNodes(destination: Destination): destination is NodeSelection {
  const given: unknown = destination;
  return typeof given === 'object' && given !== null && NODES in given;
}

/** INVARIANT: no namespace has the empty name, so that every peer says which namespaces it means. */
const NOWHERE = { namespace: '', cluster: {} };

function podsOfPeer({ namespaceSelector = {}, podSelector = {} }: PolicyPeer): ClusterPods {
  return podsOf(namespaceSelector, podSelector);
}

function podsOf(namespaceSelector: LabelSelectorSpec, podSelector: LabelSelectorSpec): ClusterPods {
  const isEvery = Object.keys(podSelector).length === 0;
  return isEvery ? { namespaces: namespaceSelector } : { pods: { namespaceSelector, podSelector } };
}

function namespaceNamed(name: string): LabelSelectorSpec {
  return { matchLabels: { [NAMESPACE_NAME_LABEL]: name } };
}

/** The most networks that one peer may have. */
const MOST_NETWORKS = 25;

/** The API has no exceptions, so what is left of each block is written out. */
function networksOf(blocks: readonly NonNullable<PolicyPeer['ipBlock']>[]): readonly ClusterPeer[] {
  const cidrs = blocks.flatMap(({ cidr, except }) =>
    except
      ? CidrSet.parse(cidr)
          .minus(CidrSet.parse(...except))
          .toCidrs()
          .map(formatCidr)
      : [cidr],
  );
  const count = Math.ceil(cidrs.length / MOST_NETWORKS);
  return Array.from({ length: count }, (_, n) => ({
    networks: cidrs.slice(n * MOST_NETWORKS, (n + 1) * MOST_NETWORKS),
  }));
}
