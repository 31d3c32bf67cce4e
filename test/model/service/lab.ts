import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { type FlowQuery, Network } from '../../../lib/model/network';
import type { Hop, PairVerdict, Verdict } from '../../../lib/model/reach/verdict';
import { ns, type PodOptions, pod } from '../../support/manifests';

type ServiceHop = Hop & { readonly hop: 'service' };

/** Three nodes in two zones, one pod range, and a client on each node. */
export const PROFILE: ClusterProfileSpec = {
  podCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/16',
  nodeCidr: '192.168.77.0/24',
};

const ZONES = { a: 'z1', b: 'z1', c: 'z2' };

export type NodeName = keyof typeof ZONES;

export function nodeIp(name: NodeName): string {
  return `192.168.77.1${'abc'.indexOf(name)}`;
}

export const nodes = (['a', 'b', 'c'] as const).map((name) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'topology.kubernetes.io/zone': ZONES[name] } },
  status: { addresses: [{ type: 'InternalIP', address: nodeIp(name) }] },
}));

/** A pod that runs on a node, with an address of that node's range. */
export function podOn(
  node: NodeName,
  name: string,
  host: number,
  options: PodOptions & { ready?: boolean } = {},
): object {
  const ip = options.hostNetwork ? nodeIp(node) : `10.244.${'abc'.indexOf(node)}.${host}`;
  const { ready = true, ...rest } = options;
  const made = pod(`shop/${name}`, { ip, nodeName: node, ...rest });
  const conditions = [{ type: 'Ready', status: ready ? 'True' : 'False' }];
  return { ...made, status: { ...(made as { status: object }).status, conditions } };
}

/** A pod that is being deleted and still answers. */
export function dying(made: object): object {
  const { metadata } = made as { metadata: object };
  return { ...made, metadata: { ...metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } };
}

/** A Service at 10.96.0.9 for port 80, which pods serve at 8080. */
export function web(spec: object = {}, status: object = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { clusterIP: '10.96.0.9', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
    status,
  };
}

export const NODE_PORT = 30080;
export const BALANCER = '198.18.0.1';

/** The same with a node port, an externalIP and a load balancer. */
export function open(spec: object = {}, ingress: object = { ip: BALANCER }): object {
  const ports = [{ port: 80, targetPort: 8080, nodePort: NODE_PORT }];
  return web(
    { type: 'LoadBalancer', externalIPs: ['198.18.1.1'], ports, ...spec },
    { loadBalancer: { ingress: [ingress] } },
  );
}

/** The API server's own Service, which only a dump of a whole cluster has. */
export const apiServer = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kubernetes', namespace: 'default' },
  spec: { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, targetPort: 6443 }] },
};

export interface SliceEndpointManifest {
  readonly addresses: readonly string[];
  readonly conditions?: object;
  readonly nodeName?: string;
  readonly hints?: object;
  readonly targetRef?: object;
}

/** A slice made by hand for Service `web`. */
export function slice(
  endpoints: readonly SliceEndpointManifest[],
  ports: readonly object[] = [{ name: '', port: 8080, protocol: 'TCP' }],
  labels: Readonly<Record<string, string>> = { 'kubernetes.io/service-name': 'web' },
): object {
  const metadata = {
    name: `by-hand-${endpoints.map(({ addresses }) => addresses[0]).join('-')}`,
    namespace: 'shop',
    labels,
  };
  return { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata, addressType: 'IPv4', endpoints, ports };
}

const clients = (['a', 'b', 'c'] as const).map((node) => podOn(node, `client-${node}`, 2));

/** Asks about port 80 unless the question says otherwise; mode iptables unless the profile does. */
export function ask(
  manifests: readonly object[],
  question: Pick<FlowQuery, 'from' | 'to'> & Partial<FlowQuery>,
  profile: ClusterProfileSpec = {},
): Verdict {
  const network = Network.from([ns('shop'), ...nodes, ...clients, ...manifests], { ...PROFILE, ...profile });
  return network.reach({ port: 80, ...question });
}

/** How a packet fails: the problem at the hop that stops it, or leaves it open. */
export function problemOf({ pairs }: Verdict): string | undefined {
  const hops = pairs.flatMap((pair) => pair.hops);
  const stop = hops.find((hop): hop is ServiceHop => hop.hop === 'service' && hop.decision !== 'passes');
  return stop?.problem;
}

/** Whom the targets see, sorted: `self`, or the node that put its own address in place. */
export function seenBy({ pairs }: Verdict): readonly string[] {
  return [...new Set(pairs.map(seen))].sort();
}

function seen({ hops }: PairVerdict): string {
  const steps = hops.flatMap((hop) => (hop.hop === 'service' && hop.proxy ? [hop.proxy] : []));
  return steps.findLast(({ isMasqueraded }) => isMasqueraded)?.node ?? 'self';
}

/** One word for a verdict: the pods that answer, how it fails, or the rule that leaves it open. */
export function told(verdict: Verdict): string {
  const { outcome, endpoints, pairs } = verdict;
  if (outcome === 'unknown') return `unknown ${pairs.flatMap(({ doubts }) => doubts)[0]?.rule}`;
  const names = endpoints.map((endpoint) => endpoint.replace('shop/', '')).join(' ');
  if (outcome === 'denied') return problemOf(verdict) ?? 'denied';
  return outcome === 'allowed' ? names : `partly ${names}`;
}
