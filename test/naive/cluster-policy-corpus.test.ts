import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, cluster, namespace, pod } from './builders';
import type { ClusterNetworkPolicyManifest } from './cluster-policy-manifests';
import type { ContainerPortManifest, Labels, NamespaceManifest, PodManifest, Protocol } from './manifests';

interface StatefulSet {
  readonly kind: 'StatefulSet';
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly metadata: { readonly labels: Labels };
      readonly spec: {
        readonly hostNetwork?: boolean;
        readonly containers: readonly { readonly ports?: readonly ContainerPortManifest[] }[];
      };
    };
  };
}

interface Case {
  readonly name: string;
  readonly namespace_labels: Readonly<Record<string, Labels>>;
  readonly policies: readonly ClusterNetworkPolicyManifest[];
  readonly probes: readonly {
    readonly src: string;
    readonly dst: string;
    readonly protocol: Protocol;
    readonly port: number;
    readonly allow: boolean;
  }[];
}

interface Corpus {
  readonly pod_ips: Readonly<Record<string, string>>;
  readonly base: readonly (NamespaceManifest | StatefulSet)[];
  readonly cases: readonly Case[];
}

const file = join(process.env.PORTOLAN_DATA ?? '../shared', 'corpus', 'clusternetworkpolicy.json');
const title = 'Every probe of the upstream ClusterNetworkPolicy conformance tests is answered as there';

function podsOf({ metadata, spec }: StatefulSet, addresses: Corpus['pod_ips']): PodManifest[] {
  const { hostNetwork, containers } = spec.template.spec;
  return Array.from({ length: spec.replicas }, (_, ordinal) => {
    const id = `${metadata.namespace}/${metadata.name}-${ordinal}`;
    return pod(id, {
      labels: spec.template.metadata.labels,
      ports: containers.flatMap(({ ports }) => ports ?? []),
      hostNetwork,
      status: { podIP: addresses[id] },
    });
  });
}

if (existsSync(file)) {
  const { pod_ips, base, cases }: Corpus = JSON.parse(readFileSync(file, 'utf8'));
  const pods = base.flatMap((each) => (each.kind === 'StatefulSet' ? podsOf(each, pod_ips) : []));
  describe(title, () => {
    test.each(cases.map((each) => [each.name, each] as const))('%s', (_, { namespace_labels, policies, probes }) => {
      const namespaces = Object.entries(namespace_labels).map(([name, labels]) => namespace(name, labels));
      const described = cluster([...namespaces, ...pods, ...policies]);
      const questions = probes.map(({ src, dst, protocol, port }) => `${src} -> ${dst} ${protocol} ${port}`);
      expect(questions.map((question) => [question, ask(described, question)])).toEqual(
        questions.map((question, at) => [question, probes[at].allow ? 'allowed' : 'denied']),
      );
    });

    test('None of them is missing', () => {
      expect(cases.flatMap(({ probes }) => probes)).toHaveLength(95);
    });
  });
} else {
  console.warn(`${title}: not tested, for ${file} is absent; PORTOLAN_DATA names the folder of the corpus.`);
  test.skip(title, () => {});
}
