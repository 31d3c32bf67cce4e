import type { CniCapabilities } from '../../cluster/cni/capabilities';
import type { EnforcerName } from '../../cluster/cni/plugin';
import { enforcerNameOf } from '../../cluster/cni/registry';
import type { ClusterProfile } from '../../cluster/profile';
import { calicoEnforcer } from './calico';
import { ciliumEnforcer } from './cilium';
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
  if (!capabilities.enforcesNetworkPolicy) return noEnforcer(capabilities);
  return ENFORCERS[enforcerNameOf(cni)](capabilities);
}
