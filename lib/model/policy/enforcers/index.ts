import type { CniCapabilities } from '../../cluster/cni/capabilities';
import type { EnforcerName } from '../../cluster/cni/plugin';
import { enforcerNameOf } from '../../cluster/cni/registry';
import type { ClusterProfile } from '../../cluster/profile';
import type { EndpointCompiler } from '../endpoint-compiler';
import type { PolicyBlock } from '../language';
import { calicoEnforcer } from './calico';
import { ciliumBlocks, ciliumEnforcer } from './cilium';
import type { Enforcer } from './enforcer';
import { neutralEnforcer } from './neutral';
import { noEnforcer } from './none';
import { weaveEnforcer } from './weave';

const ENFORCERS: Readonly<Record<EnforcerName, (capabilities: CniCapabilities) => Enforcer>> = {
  api: neutralEnforcer,
  calico: calicoEnforcer,
  cilium: ciliumEnforcer,
  weave: weaveEnforcer,
};

/** The part of a cluster profile that says what becomes of policies. */
export function enforcerOf({ cni, capabilities }: ClusterProfile): Enforcer {
  const { enforcesNetworkPolicy, clusterNetworkPolicy, adminNetworkPolicy } = capabilities;
  if ([enforcesNetworkPolicy, clusterNetworkPolicy, adminNetworkPolicy].every((reads) => reads === false)) {
    return noEnforcer(capabilities);
  }
  return ENFORCERS[enforcerNameOf(cni)](capabilities);
}

/** What some do to pods by themselves, whatever policies there are. */
const OWN_BLOCKS: Readonly<Partial<Record<EnforcerName, (compiler: EndpointCompiler) => readonly PolicyBlock[]>>> = {
  cilium: ciliumBlocks,
};

/** What whoever carries out the policies adds to them. */
export function ownBlocksOf(compiler: EndpointCompiler): readonly PolicyBlock[] {
  return OWN_BLOCKS[enforcerNameOf(compiler.cluster.profile.cni)]?.(compiler) ?? [];
}
