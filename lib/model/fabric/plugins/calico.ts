import type { CalicoSpec } from '../../cluster/cni/calico';
import type { ClusterProfile } from '../../cluster/profile';
import { formatCidr } from '../../values/cidr';
import type { IpFamily } from '../../values/ip';
import type { Fabric, Masquerade, PodBlocks } from '../fabric';
import type { FabricPlugin } from '../plugin';
import { linksOf } from './calico/links';
import { nodeTrafficOf } from './calico/node-traffic';
import { dataplaneObjections } from './calico/objections/dataplane';
import { modeObjections } from './calico/objections/modes';
import { rangeObjections } from './calico/objections/ranges';
import { routingObjections } from './calico/objections/routing';
import { sizeObjections } from './calico/objections/sizes';
import { typhaObjections } from './calico/objections/typha';
import { type CalicoPool, defaultsOf, poolsOf } from './calico/pools';

/** Calico: pools, of which each says how packets to it travel; nodes take blocks of them as they need them. */
export const calicoFabric: FabricPlugin<CalicoSpec> = {
  describe: (spec, profile) => {
    const pools = poolsOf(spec, profile);
    const ofPods = pools.filter(({ isForPods }) => isForPods);
    return {
      links: linksOf(spec, pools, profile),
      blocks: blocksOf(spec, ofPods),
      podRanges: rangesOf(ofPods, profile),
      podMtu: spec.mtu === undefined ? undefined : { bytes: spec.mtu, field: ['cni', 'mtu'] },
      nodeTraffic: nodeTrafficOf(spec, pools, profile),
      masquerade: masqueradeOf(spec, pools, ofPods),
    };
  },
  objections: (spec, profile) => {
    const pools = poolsOf(spec, profile);
    return [
      ...rangeObjections(pools, profile),
      ...sizeObjections(spec, pools, profile),
      ...modeObjections(spec, pools),
      ...routingObjections(spec, pools, profile),
      ...dataplaneObjections(spec, profile),
      ...typhaObjections(spec, profile),
    ];
  },
};

/** Where `podCidr` is not said, the pools tell; else they lie in it, and it is from there that Kubernetes gives nodes their ranges. */
function rangesOf(ofPods: readonly CalicoPool[], { podCidr, hasNodeCidrs }: ClusterProfile): Fabric['podRanges'] {
  return podCidr.isEmpty && !hasNodeCidrs ? ofPods.map(({ cidr, field }) => ({ cidr, field })) : undefined;
}

/** Blocks of the smallest size that a family has: more of them are taken as they are needed. */
function blocksOf(spec: CalicoSpec, ofPods: readonly CalicoPool[]): PodBlocks {
  if (spec.ipam === 'host-local') return { by: 'node-cidr' };
  const sizeOf = (family: IpFamily) => {
    const sizes = ofPods.filter(({ cidr }) => cidr.family === family).map(({ blockSize }) => blockSize);
    return sizes.length > 0 ? Math.max(...sizes) : defaultsOf(family, spec).blockSize;
  };
  return { by: 'on-demand', maskSize: { 4: sizeOf(4), 6: sizeOf(6) } };
}

/** NET-04: what comes from a pool that says so gets the address of its node, unless it goes to a pool: to any, even a disabled one. */
function masqueradeOf(spec: CalicoSpec, pools: readonly CalicoPool[], ofPods: readonly CalicoPool[]): Masquerade {
  const answers = new Set(
    ofPods.length > 0 ? ofPods.map(({ natOutgoing }) => natOutgoing) : [defaultsOf(4, spec).natOutgoing],
  );
  const [first] = answers;
  return {
    outgoing: answers.size > 1 ? 'unknown' : first,
    exceptTo: pools.map(({ cidr }) => formatCidr(cidr)),
  };
}
