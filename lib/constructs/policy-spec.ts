import { ApiObject, type ApiObjectMetadata, Lazy } from 'cdk8s';
import type { Construct, IValidation } from 'constructs';
import type { ClusterProfileSpec } from '../model/cluster/profile';
import type { Protocol } from '../model/values/traffic-set';

export interface LabelSelectorSpec {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In';
    readonly values: readonly string[];
  }[];
}

/** A peer as Kubernetes writes it. Both selectors in one peer must hold together (NP-10). */
export interface PolicyPeer {
  readonly namespaceSelector?: LabelSelectorSpec;
  readonly podSelector?: LabelSelectorSpec;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface PolicyPort {
  /** A number, or the name of a container port. Absent: all ports of the protocol (NP-09). */
  readonly port?: number | string;
  /** The last port of a range that `port` begins (NP-25). */
  readonly endPort?: number;
  readonly protocol: Protocol;
}

export interface PolicySpec {
  readonly podSelector: LabelSelectorSpec;
  readonly policyTypes: readonly ('Ingress' | 'Egress')[];
  readonly ingress?: readonly { readonly from?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[];
  readonly egress?: readonly { readonly to?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[];
}

/** Where a policy stands: a peer without a namespace selector means pods of its own namespace. */
export interface PolicyScope {
  readonly namespace: string;
  readonly cluster: ClusterProfileSpec;
}

/** The label that Kubernetes itself puts on every Namespace. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

type EgressRule = NonNullable<PolicySpec['egress']>[number];

/**
 * Where names are looked up; both protocols, because long answers come over TCP (DNS-29).
 *
 * @param port the DNS pods' own, which is what policies see (DNS-26)
 */
export function toClusterDns(port = 53): EgressRule {
  return {
    to: [
      {
        namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: 'kube-system' } },
        podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      },
    ],
    ports: [
      { port, protocol: 'UDP' },
      { port, protocol: 'TCP' },
    ],
  };
}

/** Pods with these labels, as the policy has to select them. */
export function podsPeer(
  pods: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
  policy: PolicyScope,
): PolicyPeer {
  return selectorPeer(pods.namespace, { matchLabels: pods.labels }, policy);
}

/** Pods that the selector selects in one namespace, as the policy has to select them. */
export function selectorPeer(namespace: string, podSelector: LabelSelectorSpec, policy: PolicyScope): PolicyPeer {
  if (namespace === policy.namespace) return { podSelector };
  return { namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } }, podSelector };
}

/** A NetworkPolicy whose content is complete only at synth. `produce` must be pure: it is called once for each reading. */
export function emitPolicy(
  scope: Construct,
  id: string,
  metadata: ApiObjectMetadata,
  produce: () => PolicySpec,
): ApiObject {
  return new ApiObject(scope, id, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: Lazy.any({ produce }),
  });
}

/**
 * Tells why the content of a policy can't be produced while cdk8s validates, before it writes the first file.
 * For policies that name endpoints freely; those of apps always can be.
 */
export function producible(produce: () => unknown): IValidation {
  return {
    validate: () => {
      try {
        produce();
        return [];
      } catch (error) {
        return [error instanceof Error ? error.message : String(error)];
      }
    },
  };
}
