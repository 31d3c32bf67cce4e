import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, cluster, namespace, pod } from './builders';
import type { Labels, NetworkPolicyManifest, Protocol } from './manifests';

interface Step {
  readonly name: string;
  readonly pods: readonly { readonly ref: string; readonly ip: string; readonly labels: Labels }[];
  readonly container_ports: readonly { readonly name: string; readonly port: number; readonly protocol: Protocol }[];
  readonly namespaces: Readonly<Record<string, Labels>>;
  readonly policies: readonly NetworkPolicyManifest[];
  readonly probe: { readonly port: number; readonly protocol: Protocol };
  readonly allow: readonly (readonly [string, string])[];
  readonly deny: readonly (readonly [string, string])[];
}

const file = join(process.env.PORTOLAN_DATA ?? '../shared', 'corpus', 'networkpolicy-e2e.json');
const title = 'Every fact of the upstream end-to-end tests holds';

if (existsSync(file)) {
  const { cases }: { cases: readonly Step[] } = JSON.parse(readFileSync(file, 'utf8'));
  describe(title, () => {
    test.each(cases.map((step) => [step.name, step] as const))('%s', (_, step) => {
      const described = cluster([
        ...Object.entries(step.namespaces).map(([name, labels]) => namespace(name, labels)),
        ...step.pods.map(({ ref, ip, labels }) =>
          pod(ref, {
            labels,
            ports: step.container_ports.map(({ name, port, protocol }) => ({ name, containerPort: port, protocol })),
            status: { podIP: ip },
          }),
        ),
        ...step.policies,
      ]);
      const answer = ([from, to]: readonly [string, string]) =>
        `${from} -> ${to}: ${ask(described, `${from} -> ${to} ${step.probe.protocol} ${step.probe.port}`)}`;
      expect(step.allow.map(answer)).toEqual(step.allow.map(([from, to]) => `${from} -> ${to}: allowed`));
      expect(step.deny.map(answer)).toEqual(step.deny.map(([from, to]) => `${from} -> ${to}: denied`));
    });

    test('None of them is missing', () => {
      expect(cases.flatMap(({ allow, deny }) => [...allow, ...deny])).toHaveLength(506);
    });
  });
} else {
  console.warn(`${title}: not tested, for ${file} is absent; PORTOLAN_DATA names the folder of the corpus.`);
  test.skip(title, () => {});
}
