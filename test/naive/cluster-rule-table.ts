import { clusterPolicy } from './builders';
import type {
  ClusterAction,
  ClusterNetworkPolicySpec,
  ClusterPeerManifest,
  ClusterRuleManifest,
  ProtocolManifest,
} from './cluster-policy-manifests';
import type { Selector } from './manifests';

const named = (name: string): Selector => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

export const app = (value: string): ClusterPeerManifest => ({ pods: { podSelector: { matchLabels: { app: value } } } });
export const inX = { namespaces: named('x') };
export const inY = { namespaces: named('y') };
export const everyone = { namespaces: {} };

type Out = ClusterRuleManifest & { readonly to: readonly ClusterPeerManifest[] };

export const to = (action: ClusterAction, peer: ClusterPeerManifest, ...protocols: ProtocolManifest[]): Out => ({
  action,
  to: [peer],
  ...(protocols.length > 0 && { protocols }),
});
export const from = (action: ClusterAction, peer: ClusterPeerManifest) => ({ action, from: [peer] });
export const tcp = (number: number): ProtocolManifest => ({ tcp: { destinationPort: { number } } });

/** Policies for all pods of namespace x, unless the spec says otherwise. */
export const admin = (priority: number, spec: Partial<ClusterNetworkPolicySpec>) =>
  clusterPolicy(`admin-${priority}`, { tier: 'Admin', priority, subject: inX, ...spec });
export const baseline = (priority: number, spec: Partial<ClusterNetworkPolicySpec>) =>
  clusterPolicy(`baseline-${priority}`, { tier: 'Baseline', priority, subject: inX, ...spec });
