import type { ApiObjectProps } from 'cdk8s';
import { backendOf, type FlannelSpec } from '../../../model/cluster/cni/flannel';
import type { FlannelBackend } from '../../../model/cluster/cni/flannel-backend';
import type { ClusterProfile } from '../../../model/cluster/profile';
import { CidrSet, formatCidr } from '../../../model/values/cidr-set';
import { type ConfList, calicoConfList, confListFile, confListJson, PORTMAP } from '../conf-lists';
import type { ManagedNetwork, ManagedPlugin } from '../managed-network';
import { yamlFile } from '../yaml-file';

const NAMESPACE = 'kube-flannel';

/**
 * Flannel is configured by the ConfigMap that the DaemonSet of its release mounts (`kube-flannel.yml`; for Canal, `canal.yaml`):
 * these objects stand in for the release's own, and are applied with it. What that DaemonSet says by itself, and the policy
 * controller, only its chart can change: then the values of the chart are written, and no ConfigMap, which the chart makes.
 */
export const flannelManaged: ManagedPlugin<FlannelSpec> = (spec, profile): ManagedNetwork => {
  if (spec.canal === true) {
    const confList = confListFile('10-canal.conflist', calicoConfList({ ipam: 'host-local' }));
    return { objects: { 'canal-config': canalConfig(spec, profile) }, files: [confList] };
  }
  const confList = confListFile('10-flannel.conflist', CONF_LIST);
  if (spec.netpol !== true && spec.ipMasq !== false) {
    return { objects: { namespace, config: flannelConfig(spec, profile) }, files: [confList] };
  }
  return { objects: { namespace }, files: [confList, yamlFile('flannel/values.yaml', [chartValues(spec, profile)])] };
};

const CONF_LIST: ConfList = {
  name: 'cbr0',
  cniVersion: '0.3.1',
  plugins: [{ type: 'flannel', delegate: { hairpinMode: true, isDefaultGateway: true } }, PORTMAP],
};

const namespace: ApiObjectProps = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: NAMESPACE,
    // flanneld is on the network of its node, and configures it.
    labels: { 'k8s-app': 'flannel', 'pod-security.kubernetes.io/enforce': 'privileged' },
  },
};

function flannelConfig(spec: FlannelSpec, profile: ClusterProfile): ApiObjectProps {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'kube-flannel-cfg',
      namespace: NAMESPACE,
      labels: { tier: 'node', 'k8s-app': 'flannel', app: 'flannel' },
    },
    data: { 'cni-conf.json': confListJson(CONF_LIST), 'net-conf.json': netConf(spec, profile) },
  };
}

/** How Calico attaches the pods of Canal; what stands between underscores the DaemonSet fills in on each node. */
const CANAL = {
  name: 'k8s-pod-network',
  cniVersion: '0.3.1',
  plugins: [
    {
      type: 'calico',
      datastore_type: 'kubernetes',
      nodename: '__KUBERNETES_NODE_NAME__',
      mtu: '__CNI_MTU__',
      ipam: { type: 'host-local', subnet: 'usePodCidr' },
      policy: { type: 'k8s' },
      kubernetes: { kubeconfig: '__KUBECONFIG_FILEPATH__' },
    },
    { ...PORTMAP, snat: true },
  ],
};

/** What the DaemonSet of `canal.yaml` reads; the MTU that it fills in is a number. */
function canalConfig(spec: FlannelSpec, profile: ClusterProfile): ApiObjectProps {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'canal-config', namespace: 'kube-system' },
    data: {
      typha_service_name: 'none',
      canal_iface: '',
      masquerade: String(spec.ipMasq !== false),
      veth_mtu: '0',
      cni_network_config: confListJson(CANAL).replace('"__CNI_MTU__"', '__CNI_MTU__'),
      'net-conf.json': netConf(spec, profile),
    },
  };
}

/** `Network` and `IPv6Network`; a family that pods don't have has none. */
function networksOf({ network }: FlannelSpec, { podCidr }: ClusterProfile) {
  const ranges = network === undefined ? podCidr : CidrSet.parse(...[network].flat());
  // INVARIANT: where a family has several, PTL315 refuses the profile.
  const [v4, v6] = ([4, 6] as const).map((family) => ranges.ofFamily(family).toCidrs().map(formatCidr).at(0));
  return { v4, v6 };
}

function netConf(spec: FlannelSpec, profile: ClusterProfile): string {
  const { v4, v6 } = networksOf(spec, profile);
  const conf = {
    ...(v4 === undefined ? { EnableIPv4: false } : { Network: v4 }),
    ...(v6 !== undefined && { EnableIPv6: true, IPv6Network: v6 }),
    SubnetLen: spec.subnetLen,
    IPv6SubnetLen: spec.ipv6SubnetLen,
    Backend: backendConf(backendOf(spec)),
  };
  return `${JSON.stringify(conf, null, 2)}\n`;
}

function backendConf(backend: FlannelBackend): object {
  const { type: Type } = backend;
  switch (backend.type) {
    case 'vxlan': {
      const { vni: VNI, port: Port, directRouting: DirectRouting, mtu: MTU } = backend;
      return { Type, VNI, Port, DirectRouting, MTU };
    }
    case 'wireguard': {
      const { port: ListenPort, portV6: ListenPortV6, mtu: MTU } = backend;
      return { Type, ListenPort, ListenPortV6, MTU };
    }
    case 'udp':
      return { Type, Port: backend.port };
    case 'ipip':
      return { Type, DirectRouting: backend.directRouting };
    case 'host-gw':
      return { Type };
  }
}

/** The values of the chart `flannel/flannel`; the parts of nodes come from Kubernetes, and it asks for none. */
function chartValues(spec: FlannelSpec, profile: ClusterProfile): object {
  const { v4, v6 } = networksOf(spec, profile);
  const backend = backendOf(spec);
  if (backend.type === 'ipip' && backend.directRouting === true) {
    throw new Error(
      'Unable to configure Flannel: its chart, which `netpol` and `ipMasq: false` need, cannot say `directRouting` of the backend ipip. ' +
        'Take the backend vxlan, or leave them out.',
    );
  }
  const args = ['--kube-subnet-mgr'];
  return {
    // An empty text is no network: the chart has one of its own.
    podCidr: v4 ?? '',
    podCidrv6: v6,
    flannel: { backend: backend.type, ...backendValues(backend), args: spec.ipMasq === false ? args : undefined },
    netpol: spec.netpol === true ? { enabled: true } : undefined,
  };
}

function backendValues(backend: FlannelBackend): object {
  switch (backend.type) {
    case 'vxlan': {
      const { vni, port: backendPort, directRouting, mtu } = backend;
      return { vni, backendPort, directRouting, mtu };
    }
    case 'wireguard': {
      const { port: backendPort, portV6: backendPortv6, mtu } = backend;
      return { backendPort, backendPortv6, mtu };
    }
    case 'udp':
      return { backendPort: backend.port };
    case 'ipip':
    case 'host-gw':
      return {};
  }
}
