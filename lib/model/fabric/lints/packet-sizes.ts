import { LEAST_IPV6_MTU, podMtuOf, widestEncapsulation } from '../mtu';
import { nodeNetworkOf } from '../node-network';
import type { FabricLintRule } from './rule';

/** PTL314: packets of pods that do not fit between the nodes, or links that are too small for IPv6 (NET-06). */
export const packetSizes: FabricLintRule = (cluster, fabric) => {
  const { profile } = cluster;
  const { mtu: underlay, families } = profile;
  if (underlay === undefined && !fabric.podMtu) return [];
  const nodes = nodeNetworkOf(cluster);
  const mtu = podMtuOf(profile, fabric, nodes);
  if (mtu === undefined) return [];
  const field = fabric.podMtu?.field ?? ['mtu'];
  if (families.includes(6) && mtu < LEAST_IPV6_MTU) {
    return [{ code: 'PTL314', severity: 'error', field, mtu, least: LEAST_IPV6_MTU }];
  }
  if (underlay === undefined) return [];
  const { name: encapsulation = '', overhead = 0 } = widestEncapsulation(fabric, nodes) ?? {};
  if (mtu <= underlay - overhead) return [];
  return [{ code: 'PTL314', severity: 'error', field, mtu, underlay, encapsulation, overhead }];
};
