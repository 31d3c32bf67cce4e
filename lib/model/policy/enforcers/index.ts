import type { CniCapabilities } from '../../cluster/cni/capabilities';
import type { ClusterProfile } from '../../cluster/profile';
import { calicoEnforcer } from './calico';
import { ciliumEnforcer } from './cilium';
import type { Enforcer } from './enforcer';
import { neutralEnforcer } from './neutral';
import { noEnforcer } from './none';
import { weaveEnforcer } from './weave';

/** By network plugin; those that are not here follow the Kubernetes APIs as they are written. */
const ENFORCERS: Readonly<Record<string, (capabilities: CniCapabilities) => Enforcer>> = {
  calico: calicoEnforcer,
  cilium: ciliumEnforcer,
  weave: weaveEnforcer,
};

/** The part of a cluster profile that says what becomes of policies. */
export function enforcerOf({ cni, capabilities }: ClusterProfile): Enforcer {
  if (!capabilities.enforcesNetworkPolicy) return noEnforcer(capabilities);
  const own = Object.hasOwn(ENFORCERS, cni.name) ? ENFORCERS[cni.name] : neutralEnforcer;
  return own(capabilities);
}
