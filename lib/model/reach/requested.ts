import type { PodGroup } from '../cluster/workload';
import type { PolicyEngine } from '../policy/engine';
import { isLoopback } from '../service/node-ports';
import type { IpAddress, IpFamily } from '../values/ip';
import type { Endpoint, Flow } from './flow';
import type { End } from './policy-hops';
import type { Request } from './proxied';

/**
 * The address that a client sends to, where kube-proxies may have something to do with it: an address of a Service, a node or
 * the Service range, or one that a Service has taken from a pod (SVC-23). `undefined`: they surely don't.
 */
export function requestOf(engine: PolicyEngine, from: End, flow: Flow): Request | undefined {
  const port = portOf(flow);
  if (flow.by === 'name' || port === undefined) return undefined;
  const address = addressOf(engine, from, flow, port);
  return address && { address, port, protocol: flow.protocol };
}

function portOf({ to, port, protocol }: Flow): number | undefined {
  if (typeof port === 'number' || to.type !== 'service') return typeof port === 'number' ? port : undefined;
  return to.service.ports.find((p) => p.name === port && p.protocol === protocol)?.port;
}

function addressOf(engine: PolicyEngine, from: End, flow: Flow, port: number): IpAddress | undefined {
  const { to, protocol, family, via } = flow;
  const table = engine.services;
  const isClaimed = (address: IpAddress) => table.claims(address, port, protocol).length > 0;
  if (to.type === 'service') return to.address ?? (via && isOutside(from) ? entryOf(to, family) : undefined);
  if (flow.by !== 'podIP') return undefined;
  switch (to.type) {
    case 'node': {
      const address = to.address ?? ofFamily(to.node.addresses, family);
      const isTaken = address && (isClaimed(address) || table.nodePortClaims(port, protocol).length > 0);
      return to.address ?? (isTaken ? address : undefined);
    }
    case 'pods': {
      const address = to.address ?? ownAddress(to.pods, family);
      return address && isClaimed(address) ? address : undefined;
    }
    case 'addresses': {
      const { address } = to;
      if (!address) return undefined;
      const { serviceCidr } = engine.cluster.profile;
      return (isLoopback(address) && isNode(from)) || serviceCidr.has(address) ? address : undefined;
    }
  }
}

/** Where clients outside find a Service: what a load balancer has for it, or the nodes are given, or at last its ClusterIP. */
function entryOf({ service }: Endpoint & { type: 'service' }, family: IpFamily | undefined): IpAddress | undefined {
  const { loadBalancers, externalIps, clusterIps } = service;
  const balanced = loadBalancers.filter(({ mode }) => mode === 'VIP').map(({ ip }) => ip);
  return ofFamily([...balanced, ...externalIps, ...clusterIps], family);
}

function ownAddress(pods: readonly PodGroup[], family: IpFamily | undefined): IpAddress | undefined {
  return pods.length === 1 ? ofFamily(pods[0].addresses ?? [], family) : undefined;
}

function ofFamily(addresses: readonly IpAddress[], family: IpFamily | undefined): IpAddress | undefined {
  return addresses.find((address) => family === undefined || address.family === family);
}

function isOutside(from: End): boolean {
  return !('pod' in from) && from.node === undefined;
}

function isNode(from: End): boolean {
  return 'pod' in from ? from.pod.hostNetwork : from.node !== undefined;
}
