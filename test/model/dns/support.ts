import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import type { Answer, QueryType } from '../../../lib/model/dns/record';
import { Zone } from '../../../lib/model/dns/zone';
import { Network } from '../../../lib/model/network';

export interface PodParts {
  readonly app?: string;
  readonly ip?: string;
  readonly ips?: readonly string[];
  readonly ready?: boolean;
  readonly phase?: string;
  readonly deleted?: boolean;
  readonly spec?: object;
}

/** A running pod with an address; `ns/name`. */
export function running(
  ref: string,
  { app, ip, ips, ready = true, phase = 'Running', deleted, spec }: PodParts,
): object {
  const [namespace, name] = ref.split('/');
  const podIPs = (ips ?? (ip ? [ip] : [])).map((address) => ({ ip: address }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: app ? { app } : {},
      ...(deleted ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    },
    spec: { containers: [{ name: 'c', image: 'x', ports: [{ name: 'http', containerPort: 8080 }] }], ...spec },
    status: { phase, podIPs, podIP: podIPs[0]?.ip, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}

/** The network of some manifests. */
export function networkOf(manifests: readonly object[], profile: ClusterProfileSpec = {}): Network {
  return Network.from(manifests, profile);
}

/** Asks the zone of some manifests. The answer in one line: the rcode, then the data of the records, sorted. */
export function asking(
  manifests: readonly object[],
  profile: ClusterProfileSpec = {},
): (name: string, type?: QueryType) => string {
  const zone = new Zone(networkOf(manifests, profile).cluster);
  return (name, type = 'A') => told(zone.answer(name, type));
}

export function told({ rcode, answers }: Answer): string {
  return [rcode, ...answers.map(({ type, data }) => `${type} ${data ?? '?'}`).sort()].join(', ');
}
