import type { ApiObjectProps } from 'cdk8s';
import type { CalicoSpec } from '../../../model/cluster/cni/calico';
import type { ClusterProfile } from '../../../model/cluster/profile';
import { type CalicoPool, poolsOf } from '../../../model/fabric/plugins/calico/pools';
import { calicoConfList, confListFile } from '../conf-lists';
import type { BootstrapFile, ManagedPlugin } from '../managed-network';
import { yamlFile } from '../yaml-file';
import { bgpObjects } from './calico/bgp';
import { isEmpty, objectOf, said } from './calico/objects';
import { installationPool, ipPool, isOfInstallation, poolNames } from './calico/pools';

const OPERATOR = 'operator.tigera.io/v1';
const DATAPLANES = { iptables: 'Iptables', nftables: 'Nftables', eBPF: 'BPF' } as const;
const IPAM = { calico: 'Calico', 'host-local': 'HostLocal' } as const;

type Objects = Readonly<Record<string, ApiObjectProps>>;

/**
 * Calico: what the Tigera operator installs it from, and what it reads itself. Without the operator its manifest is applied
 * by others, and the pools are objects.
 */
export const calicoManaged: ManagedPlugin<CalicoSpec> = (spec, profile) => {
  const pools = poolsOf(spec, profile);
  assertPools(spec, pools);
  const isInstalled = spec.install !== 'manifest';
  const names = poolNames(pools);
  const apart = pools.flatMap((pool, i) =>
    isInstalled && isOfInstallation(pool, profile) ? [] : [[pool, names[i]] as const],
  );
  const own: Objects = {
    ...Object.fromEntries(apart.map(([pool, name]) => [`ip-pool-${name}`, ipPool(pool, name)])),
    ...bgpObjects(spec),
    ...felixConfiguration(spec, profile),
  };
  const confList = confListFile('10-calico.conflist', calicoConfList(spec));
  return isInstalled
    ? { objects: { ...installation(spec, pools, profile), ...apiServer(own), ...own }, files: [confList] }
    : { objects: own, files: [confList, ...manifestPatch(spec)] };
};

/** Options of pools that nobody gets would be left out in silence. */
function assertPools(spec: CalicoSpec, pools: readonly CalicoPool[]): void {
  const options = (['encapsulation', 'blockSize', 'natOutgoing'] as const).filter(
    (option) => spec[option] !== undefined,
  );
  if (pools.length > 0 || options.length === 0) return;
  throw new Error(
    `Unable to write the pools of Calico: ${options.map((option) => `\`${option}\``).join(', ')} is said of them, and there are ` +
      'none. Declare `podCidr`, of which each range becomes a pool, or `pools`.',
  );
}

function installation(spec: CalicoSpec, pools: readonly CalicoPool[], profile: ClusterProfile): Objects {
  const { bgp, clusterRoutingMode, dataplane, ipam, mtu } = spec;
  const own = pools.filter((pool) => isOfInstallation(pool, profile)).map((pool) => installationPool(pool, spec));
  const calicoNetwork = said({
    linuxDataplane: dataplane && DATAPLANES[dataplane],
    // No kube-proxy runs that would lead the operator's own pods to the API server, and none may be left running.
    ...(dataplane === 'eBPF' ? { bpfNetworkBootstrap: 'Enabled', kubeProxyManagement: 'Enabled' } : {}),
    bgp: bgp?.enabled === undefined ? undefined : bgp.enabled ? 'Enabled' : 'Disabled',
    clusterRoutingMode,
    mtu,
    ipPools: own.length > 0 ? own : undefined,
  });
  const cni = ipam && { type: 'Calico', ipam: { type: IPAM[ipam] } };
  return {
    installation: objectOf(OPERATOR, 'Installation', 'default', {
      ...said({ cni }),
      ...(isEmpty(calicoNetwork) ? {} : { calicoNetwork }),
    }),
  };
}

/** kubectl takes objects of projectcalico.org/v3 by Calico's own API server, which the operator runs if it is asked to. */
function apiServer(own: Objects): Objects {
  return isEmpty(own) ? {} : { 'api-server': objectOf(OPERATOR, 'APIServer', 'default', {}) };
}

/** What the operator does not say for Felix by itself. */
function felixConfiguration(spec: CalicoSpec, { families }: ClusterProfile): Objects {
  const { wireguard, install, dataplane, clusterRoutingMode } = spec;
  const byHand = install === 'manifest';
  const felix = said({
    wireguardEnabled: wireguard && families.includes(4) ? true : undefined,
    wireguardEnabledV6: wireguard && families.includes(6) ? true : undefined,
    bpfEnabled: byHand && dataplane === 'eBPF' ? true : undefined,
    nftablesMode: byHand && dataplane === 'nftables' ? 'Enabled' : undefined,
    programClusterRoutes: byHand && clusterRoutingMode === 'Felix' ? 'Enabled' : undefined,
  });
  return isEmpty(felix)
    ? {}
    : { 'felix-configuration': objectOf('projectcalico.org/v3', 'FelixConfiguration', 'default', felix) };
}

/** What a manifest says in its ConfigMap `calico-config`: a patch, for the rest of it belongs to the manifest. */
function manifestPatch({ bgp, mtu }: CalicoSpec): readonly BootstrapFile[] {
  const data = said({
    calico_backend: bgp?.enabled === false ? 'vxlan' : undefined,
    veth_mtu: mtu === undefined ? undefined : String(mtu),
  });
  return isEmpty(data) ? [] : [yamlFile('calico-config.patch.yaml', [{ data }])];
}
