import Ajv, { type ValidateFunction } from 'ajv';

/**
 * The published schemas of what Calico is configured by, as far as its networking goes: types, closed lists, bounds and required
 * fields, without descriptions. Fields that are not listed here are none.
 * Sources: tigera/operator pkg/imports/crds/operator/operator.tigera.io_{installations,apiservers}.yaml and
 * api/v1/installation_types.go (2026); projectcalico/calico api/config/crd/projectcalico.org_{ippools,bgpconfigurations,bgppeers,
 * felixconfigurations}.yaml (2026); programClusterRoutes from design/cluster-routes of the same.
 */
const text = { type: 'string' };
const flag = { type: 'boolean' };
const int32 = { type: 'integer' };
const one = (...words: readonly string[]) => ({ type: 'string', enum: words });
const map = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const list = (items: object, more: object = {}) => ({ type: 'array', items, ...more });
const ranges = list(map({ cidr: text }));
const secretKey = map({ secretKeyRef: map({ key: text, name: text, optional: flag }, ['key']) });
const routes = one('Disabled', 'Enabled', 'EnabledIPIPOnly', 'EnabledNoEncapOnly');

const installationPool = map(
  {
    name: text,
    cidr: text,
    encapsulation: one('IPIPCrossSubnet', 'IPIP', 'VXLAN', 'VXLANCrossSubnet', 'None'),
    natOutgoing: one('Enabled', 'Disabled'),
    nodeSelector: text,
    blockSize: int32,
    disableBGPExport: flag,
    disableNewAllocations: flag,
    allowedUses: list(text),
    assignmentMode: text,
  },
  ['cidr'],
);

const calicoNetwork = map({
  bgp: one('Enabled', 'Disabled'),
  bpfNetworkBootstrap: one('Disabled', 'Enabled'),
  clusterRoutingMode: one('BIRD', 'Felix'),
  containerIPForwarding: one('Enabled', 'Disabled'),
  hostPorts: one('Enabled', 'Disabled'),
  ipPools: list(installationPool, { maxItems: 25 }),
  kubeProxyManagement: one('Disabled', 'Enabled'),
  linuxDataplane: one('Iptables', 'BPF', 'VPP', 'Nftables'),
  mtu: int32,
});

const SPECS: Readonly<Record<string, object>> = {
  'operator.tigera.io/v1 Installation': map({
    cni: map(
      {
        type: one('Calico', 'GKE', 'AmazonVPC', 'AzureVNET'),
        ipam: map({ type: one('Calico', 'HostLocal', 'AmazonVPC', 'AzureVNET') }, ['type']),
      },
      ['type'],
    ),
    calicoNetwork,
  }),
  'operator.tigera.io/v1 APIServer': map({}),
  'projectcalico.org/v3 IPPool': map(
    {
      cidr: text,
      blockSize: { type: 'integer', minimum: 0, maximum: 128 },
      ipipMode: one('Never', 'Always', 'CrossSubnet'),
      vxlanMode: one('Never', 'Always', 'CrossSubnet'),
      natOutgoing: flag,
      disabled: flag,
      disableBGPExport: flag,
      nodeSelector: text,
      namespaceSelector: text,
      allowedUses: list(one('Workload', 'Tunnel', 'LoadBalancer'), { uniqueItems: true }),
      assignmentMode: one('Automatic', 'Manual'),
    },
    ['cidr'],
  ),
  'projectcalico.org/v3 BGPConfiguration': map({
    asNumber: int32,
    listenPort: { type: 'integer', minimum: 1, maximum: 65_535 },
    nodeToNodeMeshEnabled: flag,
    nodeMeshPassword: secretKey,
    nodeMeshMaxRestartTime: text,
    programClusterRoutes: routes,
    serviceClusterIPs: ranges,
    serviceExternalIPs: ranges,
    serviceLoadBalancerIPs: ranges,
  }),
  'projectcalico.org/v3 BGPPeer': map({
    asNumber: int32,
    peerIP: { type: 'string', maxLength: 64 },
    peerSelector: { type: 'string', maxLength: 1024 },
    node: { type: 'string', maxLength: 253 },
    nodeSelector: { type: 'string', maxLength: 1024 },
    password: secretKey,
    reachableBy: { type: 'string', maxLength: 64 },
  }),
  'projectcalico.org/v3 FelixConfiguration': map({
    bpfEnabled: flag,
    nftablesMode: one('Disabled', 'Enabled', 'Auto'),
    programClusterRoutes: routes,
    wireguardEnabled: flag,
    wireguardEnabledV6: flag,
  }),
};

type Spec = Readonly<Record<string, unknown>>;
interface CelRule {
  readonly message: string;
  readonly holds: (spec: Spec) => boolean;
}

const isOn = (mode: unknown) => mode !== undefined && mode !== 'Never';
const uses = (spec: Spec) => (spec.allowedUses ?? []) as readonly string[];
const isOfIpv6 = (spec: Spec) => String(spec.cidr).includes(':');
const says = (value: unknown) => value !== undefined && value !== '';

/** The rules across fields that the API server holds objects to (CEL in the same CRDs, and the admission of IPPools). */
const RULES: Readonly<Record<string, readonly CelRule[]>> = {
  'projectcalico.org/v3 IPPool': [
    {
      message: 'ipipMode and vxlanMode cannot both be enabled',
      holds: (s) => !(isOn(s.ipipMode) && isOn(s.vxlanMode)),
    },
    { message: 'IPIP is not supported on IPv6 pools', holds: (s) => !(isOfIpv6(s) && isOn(s.ipipMode)) },
    {
      message: 'LoadBalancer IP pool cannot have IPIP or VXLAN enabled',
      holds: (s) => !uses(s).includes('LoadBalancer') || !(isOn(s.ipipMode) || isOn(s.vxlanMode)),
    },
    {
      message: 'LoadBalancer cannot be combined with Workload or Tunnel',
      holds: (s) => !uses(s).includes('LoadBalancer') || uses(s).length === 1,
    },
    {
      message: 'block size is out of bounds',
      holds: ({ blockSize, ...s }) => {
        const [least, most] = isOfIpv6(s) ? [116, 128] : [20, 32];
        return blockSize === undefined || (Number(blockSize) >= least && Number(blockSize) <= most);
      },
    },
  ],
  'projectcalico.org/v3 BGPConfiguration': [
    {
      message: 'nodeMeshPassword cannot be set when nodeToNodeMeshEnabled is false',
      holds: (s) => s.nodeMeshPassword === undefined || s.nodeToNodeMeshEnabled !== false,
    },
  ],
  'projectcalico.org/v3 BGPPeer': [
    { message: 'node and nodeSelector cannot both be set', holds: (s) => !(says(s.node) && says(s.nodeSelector)) },
    { message: 'peerIP and peerSelector cannot both be set', holds: (s) => !(says(s.peerIP) && says(s.peerSelector)) },
    {
      message: 'asNumber must be empty when peerSelector is set',
      holds: (s) => !says(s.peerSelector) || s.asNumber === undefined,
    },
  ],
};

export interface CalicoObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string };
  readonly spec?: Spec;
}

const ajv = new Ajv({ allErrors: true });
const validators = new Map<string, ValidateFunction>(
  Object.entries(SPECS).map(([kind, spec]) => [
    kind,
    ajv.compile(
      map({ apiVersion: text, kind: text, metadata: map({ name: text }, ['name']), spec }, ['metadata', 'spec']),
    ),
  ]),
);

/** What the API server would refuse of an object; nothing where it takes it. */
export function refusalsOf(object: CalicoObject): readonly string[] {
  const kind = `${object.apiVersion} ${object.kind}`;
  const validate = validators.get(kind);
  if (!validate) return [`no schema of ${kind}`];
  const wrong = validate(object) ? [] : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
  const broken = (RULES[kind] ?? []).filter(({ holds }) => !holds(object.spec ?? {})).map(({ message }) => message);
  return [...wrong, ...broken];
}
