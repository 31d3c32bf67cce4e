import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import type { Answer, QueryType } from '../../../lib/model/dns/record';
import { Zone } from '../../../lib/model/dns/zone';
import { Network } from '../../../lib/model/network';
import { ns, service } from '../../support/manifests';

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

export const SVC = 'shop.svc.cluster.local';
export const http = [{ name: 'http', port: 80, targetPort: 'http' }];
export const shop = [
  ns('shop'),
  ns('empty'),
  service('web', {
    clusterIP: '10.96.0.7',
    clusterIPs: ['10.96.0.7'],
    ipFamilies: ['IPv4'],
    selector: { app: 'web' },
    ports: [...http, { port: 9100 }].map((port, i) => ({ name: `p${i}`, ...port })),
  }),
  service('pods', { clusterIP: 'None', ipFamilies: ['IPv4'], selector: { app: 'web' }, ports: http }),
  service('nobody', { clusterIP: 'None', selector: { app: 'nobody' }, ports: http }),
  service('idle', { clusterIP: '10.96.0.8', selector: { app: 'nobody' }, ports: http }),
  running('shop/web-0', { app: 'web', ip: '10.244.0.2', spec: { hostname: 'first', subdomain: 'pods' } }),
  running('shop/web-1', { app: 'web', ip: '10.244.0.3' }),
  running('shop/web-2', { app: 'web', ip: '10.244.0.4', ready: false }),
];
