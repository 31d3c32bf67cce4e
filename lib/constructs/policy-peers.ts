import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { EndpointRef, LabelValues } from '../intents/endpoint';
import type { ClusterProfileSpec } from '../model/cluster/profile';
import { parseCidr } from '../model/values/cidr-set';
import { readManifest } from '../synth/read-manifest';
import { type Endpoint, endpointRef } from './endpoint-ref';
import { ipBlockOf } from './ip-block';
import {
  type LabelSelectorSpec,
  NAMESPACE_NAME_LABEL,
  type PolicyPeer,
  type PolicyScope,
  selectorPeer,
} from './policy-spec';

/** The mark by which what makes no pods itself (of any copy of this library) tells whom a policy has to name for it. */
export const POLICY_PEERS: unique symbol = Symbol.for('portolan.policyPeers') as never;

/** Something that is not its own peer. */
export interface HasPolicyPeers {
  readonly [POLICY_PEERS]: (policy: PolicyScope) => readonly PolicyPeer[];
}

/** The endpoint as peers of a NetworkPolicy rule; throws for one that no policy can name. */
export function peersOf(endpoint: Endpoint, policy: PolicyScope): readonly PolicyPeer[] {
  if (POLICY_PEERS in endpoint) return (endpoint as HasPolicyPeers)[POLICY_PEERS](policy);
  if (Construct.isConstruct(endpoint)) {
    return workloadsOf(endpoint).map(({ namespace, selector }) => selectorPeer(namespace, selector, policy));
  }
  const block = ipBlockOf(endpoint);
  if (block) return [{ ipBlock: block }];
  return peersOfRef(endpointRef(endpoint), policy);
}

function peersOfRef(ref: EndpointRef, policy: PolicyScope): readonly PolicyPeer[] {
  switch (ref.kind) {
    case 'pods':
      return [podsPeerOf(ref)];
    case 'namespace':
      return [{ namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: ref.name } } }];
    case 'addresses':
      return outsidePeers(policy.cluster, ref.cidrs);
    case 'external':
      return outsidePeers(policy.cluster, ref.cidrs);
    case 'internet':
      return outsidePeers(policy.cluster);
    default:
      throw new Error(
        `Unable to make a ${ref.kind} the peer of a policy: give an app, pods(...), namespace(...), cidr(...), ipBlock(...) or internet, and ports apart.`,
      );
  }
}

/** Both selectors stand in one peer, so that both must hold (NP-10). */
function podsPeerOf(ref: Extract<EndpointRef, { kind: 'pods' }>): PolicyPeer {
  const podSelector = selectorSpec(ref.labels);
  const name: LabelValues = ref.namespace === undefined ? {} : { [NAMESPACE_NAME_LABEL]: ref.namespace };
  return { namespaceSelector: selectorSpec({ ...ref.namespaceLabels, ...name }), podSelector };
}

/** Labels as a selector: a list of values becomes an expression. */
export function selectorSpec(labels: LabelValues): LabelSelectorSpec {
  const single: Record<string, string> = {};
  const expressions: { key: string; operator: 'In'; values: readonly string[] }[] = [];
  for (const [key, value] of Object.entries(labels)) {
    if (typeof value === 'string') single[key] = value;
    else expressions.push({ key, operator: 'In', values: value });
  }
  return {
    ...(Object.keys(single).length > 0 ? { matchLabels: single } : {}),
    ...(expressions.length > 0 ? { matchExpressions: expressions } : {}),
  };
}

/**
 * The given addresses, or every address outside the cluster's declared ranges.
 * The ranges are cut out because an ipBlock may match pods too (NP-17).
 */
export function outsidePeers(cluster: ClusterProfileSpec, cidrs?: readonly string[]): readonly PolicyPeer[] {
  if (cidrs) return cidrs.map((cidr) => ({ ipBlock: { cidr } }));
  const inside = [cluster.podCidr, cluster.serviceCidr, cluster.nodeCidr].flatMap((ranges) => ranges ?? []);
  const everywhere = [
    { family: 4, cidr: '0.0.0.0/0' },
    { family: 6, cidr: '::/0' },
  ];
  return everywhere.flatMap(({ family, cidr }) => {
    const except = inside.filter((range) => familyOf(range) === family).sort();
    // Without a range of its own the cluster is taken for IPv4 only.
    if (family === 6 && except.length === 0) return [];
    return [{ ipBlock: except.length > 0 ? { cidr, except } : { cidr } }];
  });
}

function familyOf(range: string): number | undefined {
  const parsed = parseCidr(range);
  return parsed.ok ? parsed.cidr.family : undefined;
}

/** Where the pods of a workload are and how its own selector knows them. */
export interface SelectedPods {
  readonly namespace: string;
  readonly selector: LabelSelectorSpec;
}

/** The parts of workload manifests that tell which pods are theirs. */
interface WorkloadManifest {
  readonly metadata?: { readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly selector?: LabelSelectorSpec;
    readonly template?: { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } };
    readonly jobTemplate?: { readonly spec?: WorkloadManifest['spec'] };
  };
}

/** How the kinds of workload know their pods; Jobs have no selector of their own, so their pods' labels serve. */
const SELECTORS: Readonly<Record<string, (manifest: WorkloadManifest) => LabelSelectorSpec | undefined>> = {
  Deployment: ({ spec }) => spec?.selector,
  StatefulSet: ({ spec }) => spec?.selector,
  DaemonSet: ({ spec }) => spec?.selector,
  ReplicaSet: ({ spec }) => spec?.selector,
  Job: ({ spec }) => labelled(spec?.template?.metadata?.labels),
  CronJob: ({ spec }) => labelled(spec?.jobTemplate?.spec?.template?.metadata?.labels),
  Pod: ({ metadata }) => labelled(metadata?.labels),
};

/**
 * The pods of every workload that the construct made; throws when there is none.
 *
 * @param advice what to give instead
 */
export function workloadsOf(
  construct: IConstruct,
  advice = 'Give pods({ ... }).',
): readonly [SelectedPods, ...SelectedPods[]] {
  const found = construct.node
    .findAll()
    .filter((child): child is ApiObject => ApiObject.isApiObject(child) && child.kind in SELECTORS)
    .flatMap((object) => {
      const manifest = readManifest(object) as WorkloadManifest;
      const selector = SELECTORS[object.kind](manifest);
      return selector ? [{ namespace: manifest.metadata?.namespace ?? 'default', selector }] : [];
    });
  const [first, ...more] = found;
  if (first) return [first, ...more];
  throw new Error(`Unable to select the pods of "${construct.node.path}": it made no workload with labels. ${advice}`);
}

/** The pods of the one workload that the construct made: a policy is about one selector. */
export function oneWorkloadOf(construct: IConstruct): SelectedPods {
  const [pods, ...more] = workloadsOf(construct);
  if (more.length === 0) return pods;
  throw new Error(
    `Unable to apply a policy to "${construct.node.path}": it made ${more.length + 1} workloads. Give one of them, or pods({ ... }).`,
  );
}

function labelled(labels: Readonly<Record<string, string>> | undefined): LabelSelectorSpec | undefined {
  return labels && { matchLabels: labels };
}
