import type { Cluster } from '../cluster/cluster';
import { hasOrdinal, type PodGroup, type Workload, workloadLabel } from '../cluster/workload';
import type { ServiceResource } from '../manifest/resources';
import { CidrSet } from '../values/cidr-set';
import { formatIp, type IpAddress, parseIp } from '../values/ip';
import type { Endpoint } from './flow';

export type ParsedEndpoint =
  | { readonly ok: true; readonly endpoint: Endpoint }
  | { readonly ok: false; readonly problem: string; readonly expected: string; readonly near: readonly string[] };

const FORMS = 'ns/pod, ns/name, ns/name[Kind], node/NAME, service/ns/name or an IP address';

/**
 * Reads an endpoint in the notation of the command: `ns/pod`, `ns/name`, `ns/name[Kind]`, `node/NAME`, `service/ns/name`
 * or an IP address (a pod's, a node's, a Service's, else one outside the cluster).
 */
export function parseEndpoint(text: string, cluster: Cluster): ParsedEndpoint {
  const address = parseIp(text);
  if (address.ok) return { ok: true, endpoint: ownerOf(address.address, cluster) };
  const node = /^node\/([^/]+)$/.exec(text);
  if (node) return nodeNamed(node[1], cluster);
  const service = /^service\/([^/]+)\/([^/]+)$/.exec(text);
  if (service) return serviceNamed(service[1], service[2], cluster);
  const named = /^([^/[\]]+)\/([^/[\]]+)(?:\[([A-Za-z]+)\])?$/.exec(text);
  if (named) return podsNamed(named[1], named[2], named[3], cluster);
  return { ok: false, problem: `\`${text}\` is no endpoint${hintFor(text, cluster)}`, expected: FORMS, near: [] };
}

/** A name alone, as kubectl takes it within a namespace. */
function hintFor(text: string, cluster: Cluster): string {
  const found = cluster.workloads.find(({ name, provenance }) => name === text && provenance !== 'stranger');
  return found ? `: a name stands behind its namespace, as in ${workloadLabel(found)}` : '';
}

function ownerOf(address: IpAddress, cluster: Cluster): Endpoint {
  const isIt = (other: IpAddress) => other.family === address.family && other.value === address.value;
  const label = formatIp(address);
  const node = cluster.addresses.nodeAt(address);
  if (node) return { type: 'node', label: `node/${node.name}`, node, address };
  const pods = cluster.addresses.podsAt(address);
  if (pods.length > 0) return { type: 'pods', label, pods, workload: pods[0].workload, address };
  const service = cluster.services.find((s) =>
    [...s.clusterIps, ...s.externalIps, ...s.loadBalancers.map(({ ip }) => ip)].some(isIt),
  );
  if (service) return { type: 'service', label: serviceLabel(service), service, address };
  return { type: 'addresses', label, addresses: CidrSet.ofAddresses([address]), address };
}

function nodeNamed(name: string, cluster: Cluster): ParsedEndpoint {
  const node = cluster.addresses.node(name);
  if (node) return { ok: true, endpoint: { type: 'node', label: `node/${name}`, node } };
  const near = cluster.nodes.map((n) => `node/${n.name}`);
  return {
    ok: false,
    problem: `neither a manifest nor the profile declares Node ${name}`,
    expected: 'a declared Node',
    near,
  };
}

/** `service/shop/api`, in questions, verdicts and maps alike. */
export function serviceLabel({ namespace, name }: ServiceResource): string {
  return `service/${namespace}/${name}`;
}

function serviceNamed(namespace: string, name: string, cluster: Cluster): ParsedEndpoint {
  const service = cluster.servicesIn(namespace).find((s) => s.name === name);
  if (service) return { ok: true, endpoint: { type: 'service', label: serviceLabel(service), service } };
  const near = cluster.services.map(serviceLabel);
  return {
    ok: false,
    problem: `no manifest declares Service ${namespace}/${name}`,
    expected: 'a declared Service',
    near,
  };
}

function podsNamed(namespace: string, name: string, kind: string | undefined, cluster: Cluster): ParsedEndpoint {
  // INVARIANT: a workload without pods is none.
  const declared = [...new Set(cluster.podsIn(namespace).map(({ workload }) => workload))];
  const workloads = declared.filter((w) => w.name === name && (kind === undefined || w.kind === kind));
  if (workloads.length > 1) {
    const near = workloads.map(workloadLabel);
    return {
      ok: false,
      problem: `several workloads are called ${namespace}/${name}`,
      expected: 'one of them, with its kind',
      near,
    };
  }
  if (workloads.length === 1) return { ok: true, endpoint: podsEndpoint(workloads[0], workloads[0].pods) };
  for (const workload of declared) {
    const pods = podsCalled(workload, name);
    if (pods.length > 0 && (kind === undefined || kind === 'Pod')) {
      return { ok: true, endpoint: { ...podsEndpoint(workload, pods), label: `${namespace}/${name}` } };
    }
  }
  const near = cluster.workloads.filter((w) => w.provenance !== 'stranger').map(workloadLabel);
  const problem = `no manifest declares a pod or workload ${namespace}/${name}${kind ? `[${kind}]` : ''}`;
  return { ok: false, problem, expected: FORMS, near };
}

function podsCalled(workload: Workload, name: string): readonly PodGroup[] {
  const own = workload.pods.filter((pod) => pod.podName === name);
  if (own.length > 0 || workload.kind !== 'StatefulSet') return own;
  // The pods of a StatefulSet are called by their ordinal, so they are known without a manifest each.
  const ordinal = new RegExp(`^${escapeRegExp(workload.name)}-(0|[1-9][0-9]*)$`).exec(name);
  return workload.pods.filter((pod) => ordinal && hasOrdinal(pod, Number(ordinal[1])));
}

function podsEndpoint(workload: Workload, pods: readonly PodGroup[]): Endpoint & { type: 'pods' } {
  return { type: 'pods', label: workloadLabel(workload), pods, workload };
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
