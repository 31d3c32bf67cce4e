import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Network } from '../../lib/model/network';
import type { Protocol } from '../../lib/model/values/traffic-set';
import { type SuiteResult, Tally } from './suite';

interface Case {
  readonly name: string;
  readonly pods: readonly { readonly ref: string; readonly ip: string; readonly labels: Record<string, string> }[];
  readonly container_ports: readonly { readonly name: string; readonly port: number; readonly protocol: string }[];
  readonly namespaces: Readonly<Record<string, Record<string, string>>>;
  readonly policies: readonly object[];
  readonly probe: { readonly port: number; readonly protocol: Protocol };
  readonly allow: readonly (readonly [string, string])[];
  readonly deny: readonly (readonly [string, string])[];
}

/** The truth tables of the Kubernetes project's own end-to-end tests of NetworkPolicy. */
export async function networkPolicyE2e(data: string): Promise<SuiteResult> {
  const tally = new Tally('NetworkPolicy end-to-end tests of Kubernetes');
  const text = readFileSync(join(data, 'corpus', 'networkpolicy-e2e.json'), 'utf8');
  for (const test of (JSON.parse(text) as { cases: readonly Case[] }).cases) {
    const network = Network.from(manifestsOf(test));
    for (const expected of ['allow', 'deny'] as const) {
      for (const [from, to] of test[expected]) {
        const { outcome } = network.reach({ from, to, ...test.probe, by: 'podIP' });
        const agrees = outcome === (expected === 'allow' ? 'allowed' : 'denied');
        tally.fact(`${test.name}: ${from} -> ${to}`, agrees ? undefined : `expected ${expected}, got ${outcome}`);
      }
    }
  }
  return tally.result;
}

function manifestsOf({ pods, container_ports, namespaces, policies }: Case): object[] {
  const ports = container_ports.map(({ name, port, protocol }) => ({ name, containerPort: port, protocol }));
  return [
    ...Object.entries(namespaces).map(([name, labels]) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels },
    })),
    ...pods.map(({ ref, ip, labels }) => {
      const [namespace, name] = ref.split('/');
      return {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace, labels },
        spec: { containers: [{ name: 'agnhost', image: 'agnhost', ports }] },
        status: { phase: 'Running', podIP: ip, podIPs: [{ ip }] },
      };
    }),
    ...policies,
  ];
}
