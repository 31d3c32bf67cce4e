import fc from 'fast-check';
import { resolveProfile } from '../../../../lib/model/cluster/resolve-profile';
import { parseManifests } from '../../../../lib/model/manifest/parse';
import { Network } from '../../../../lib/model/network';
import { arbitraryCluster } from '../../../naive/arbitraries';
import type { ClusterDescription } from '../../../naive/cluster';

type Manifest = ClusterDescription['manifests'][number];
type Policy = Manifest & { readonly spec: { readonly [direction: string]: unknown } };

test('NP-04, NP-43: without the rules of PTL136 and PTL140 the same connections pass', () => {
  fc.assert(
    fc.property(arbitraryCluster(), (cluster) => {
      const network = networkOf(cluster, cluster.manifests);
      const idle = idleRules(network);
      const map = network.map(cluster.families);
      // What two doubts leave open together may be settled once one rule is gone.
      if (idle.size === 0 || [...map.unknown].length > 0) return;
      const rest = cluster.manifests.map((manifest) => (isPolicy(manifest) ? without(manifest, idle) : manifest));
      const left = networkOf(cluster, rest).map(cluster.families);
      expect(textOf(left.connections)).toEqual(textOf(map.connections));
    }),
    { numRuns: 200, seed: 1 },
  );
});

function networkOf(cluster: ClusterDescription, manifests: readonly object[]): Network {
  const { podCidr, nodeCidr, ipBlockSelectsPods, hostNetworkPods, families } = cluster;
  const { resources } = parseManifests(manifests.map((object) => ({ object, origin: {} })));
  const { profile } = resolveProfile({ object: { podCidr, nodeCidr }, origin: {} });
  const capabilities = { ...profile.capabilities, ipBlockSelectsPods, hostNetworkPods };
  return Network.of(resources, { ...profile, capabilities, families });
}

/** By kind, namespace, name, direction and index. */
function idleRules(network: Network): ReadonlySet<string> {
  return new Set(
    network.lints().flatMap((lint) => {
      if (lint.code !== 'PTL136' && lint.code !== 'PTL140') return [];
      const { kind, namespace, name, direction, index } = lint.rule;
      return [[kind, namespace, name, direction, index].join(' ')];
    }),
  );
}

function isPolicy(manifest: Manifest): manifest is Manifest & Policy {
  return manifest.kind.endsWith('NetworkPolicy') && 'spec' in manifest;
}

function without(policy: Policy, idle: ReadonlySet<string>): object {
  const { kind, metadata, spec } = policy;
  const namespace = 'namespace' in metadata ? metadata.namespace : '';
  const kept = (direction: string) => {
    const rules = spec[direction];
    if (!Array.isArray(rules)) return rules;
    return rules.filter((_rule, index) => !idle.has([kind, namespace, metadata.name, direction, index].join(' ')));
  };
  return { ...policy, spec: { ...spec, ...typesOf(policy), ingress: kept('ingress'), egress: kept('egress') } };
}

/** NP-01: without its egress rules a policy would say less than before, unless its types are written down. */
function typesOf({ kind, spec: { policyTypes, egress } }: Policy): object {
  if (kind !== 'NetworkPolicy' || (Array.isArray(policyTypes) && policyTypes.length > 0)) return {};
  return { policyTypes: Array.isArray(egress) && egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'] };
}

function textOf(connections: Iterable<{ src: string; dst: string; traffic: { key: string } }>): readonly string[] {
  return [...connections].map(({ src, dst, traffic }) => `${src} => ${dst} : ${traffic.key}`);
}
