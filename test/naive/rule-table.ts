import { cluster, expectOf, namespace, pod, policy } from './builders';
import type { ClusterDescription } from './cluster';
import type { EgressRule, IngressRule, Manifest, Peer, PolicySpec, Protocol } from './manifests';

const port = (name: string, containerPort: number, protocol?: Protocol) => ({ name, containerPort, protocol });

/** Two namespaces of two pods, and two pods that have finished, with ports that share a name. */
export const PODS: readonly Manifest[] = [
  namespace('x', { team: 'red' }),
  namespace('y'),
  pod('x/a', { labels: { app: 'a', tier: 'front' }, ports: [port('web', 80)], status: { podIP: '10.1.2.3' } }),
  pod('x/b', { labels: { app: 'b' }, ports: [port('web', 81)], status: { podIP: '10.1.9.9' } }),
  pod('y/a', { labels: { app: 'a' }, ports: [port('web', 80, 'UDP')], status: { podIP: '10.2.0.1' } }),
  pod('y/b', { labels: { app: 'b' }, status: { podIP: '10.2.0.2' } }),
  pod('y/done', { labels: { app: 'a' }, status: { podIP: '10.2.0.3', phase: 'Succeeded' } }),
  pod('y/broken', { labels: { app: 'a' }, status: { podIP: '10.2.0.4', phase: 'Failed' } }),
];

/** One row of a table of rules: with these policies on the pods above, this is who may connect to whom. */
export function rule(sentence: string, policies: readonly Manifest[], ...lines: readonly string[]): void {
  test(sentence, () => expectOf(cluster([...PODS, ...policies]), ...lines));
}

/** Tables of doubts: with these manifests and this knowledge of the cluster, these are the answers. */
export function prove(rows: readonly [string, readonly Manifest[], Partial<ClusterDescription>, ...string[]][]): void {
  for (const [sentence, manifests, props, ...lines] of rows) {
    test(sentence, () => expectOf(cluster([namespace('x'), namespace('y'), ...manifests], props), ...lines));
  }
}

export const appA = { podSelector: { matchLabels: { app: 'a' } } };
export const everywhere: Peer = { namespaceSelector: {} };
export const block = (cidr: string, ...except: string[]): Peer => ({ ipBlock: { cidr, except } });

/** All pods of namespace x, isolated in one direction with these rules. */
export const into = (...ingress: IngressRule[]) => [policy('x/in', { policyTypes: ['Ingress'], ingress })];
export const outOf = (...egress: EgressRule[]) => [policy('x/out', { policyTypes: ['Egress'], egress })];

/** Isolated in one direction, but for these peers. */
export const onlyFrom = (...from: Peer[]): PolicySpec => ({ ingress: from.length > 0 ? [{ from }] : [] });
export const onlyTo = (...to: Peer[]): PolicySpec => ({
  policyTypes: ['Egress'],
  egress: to.length > 0 ? [{ to }] : [],
});
