import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Network } from '../../lib/model/network';
import type { Protocol } from '../../lib/model/values/traffic-set';
import { type SuiteResult, Tally } from './suite';

interface Suite {
  readonly pod_ips: Readonly<Record<string, string>>;
  readonly base: readonly Manifest[];
  readonly cases: readonly Case[];
}

interface Case {
  readonly name: string;
  readonly policies: readonly object[];
  readonly namespace_labels: Readonly<Record<string, Record<string, string>>>;
  readonly probes: readonly {
    readonly subtest: string;
    readonly src: string;
    readonly dst: string;
    readonly protocol: Protocol;
    readonly port: number;
    readonly allow: boolean;
  }[];
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: { readonly template: { readonly metadata: object; readonly spec: object } };
}

/** The conformance tests of ClusterNetworkPolicy: each probe from one pod of a StatefulSet to another, by address. */
export async function clusterNetworkPolicy(data: string): Promise<SuiteResult> {
  const tally = new Tally('conformance tests of ClusterNetworkPolicy');
  const suite: Suite = JSON.parse(readFileSync(join(data, 'corpus', 'clusternetworkpolicy.json'), 'utf8'));
  for (const test of suite.cases) {
    const network = Network.from([...manifestsOf(suite, test), ...test.policies]);
    for (const { subtest, src, dst, protocol, port, allow } of test.probes) {
      const { outcome } = network.reach({ from: src, to: dst, protocol, port, by: 'podIP' });
      const agrees = outcome === (allow ? 'allowed' : 'denied');
      const name = `${test.name}: ${subtest}: ${src} -> ${dst}:${port}/${protocol}`;
      tally.fact(name, agrees ? undefined : `expected ${allow ? 'allowed' : 'denied'}, got ${outcome}`);
    }
  }
  return tally.result;
}

/** The base with the labels that the case gives its namespaces, and each pod of the StatefulSets at its address. */
function manifestsOf({ base, pod_ips }: Suite, { namespace_labels }: Case): readonly object[] {
  const namespaces = Object.entries(namespace_labels).map(([name, labels]) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels },
  }));
  const pods = Object.entries(pod_ips).map(([ref, ip]) => {
    const [namespace, name] = ref.split('/');
    const owner = base.find(
      ({ kind, metadata }) =>
        kind === 'StatefulSet' && metadata.namespace === namespace && name.startsWith(`${metadata.name}-`),
    );
    const { metadata, spec } = owner!.spec!.template;
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...metadata, name, namespace },
      spec,
      status: { phase: 'Running', podIP: ip, podIPs: [{ ip }] },
    };
  });
  return [...namespaces, ...pods];
}
