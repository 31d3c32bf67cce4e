import Ajv from 'ajv';

const text = { type: 'string', minLength: 1 };
const flag = { type: 'boolean' };
const port = { type: 'integer', minimum: 1, maximum: 65_535 };
const mtu = { type: 'integer', minimum: 576 };
const map = (properties: Record<string, object>, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const backend = (type: string, options: Record<string, object> = {}) =>
  map({ Type: { const: type }, ...options }, ['Type']);

/**
 * The keys of `net-conf.json`. Sources: flannel-io/flannel Documentation/configuration.md and Documentation/backends.md,
 * pkg/subnet/config.go, and the structures that pkg/backend/{vxlan,wireguard,udp,ipip} read.
 */
const NET_CONF = {
  ...map({
    Network: text,
    IPv6Network: text,
    EnableIPv4: flag,
    EnableIPv6: flag,
    EnableNFTables: flag,
    SubnetLen: { type: 'integer', maximum: 30 },
    SubnetMin: text,
    SubnetMax: text,
    IPv6SubnetLen: { type: 'integer', maximum: 126 },
    IPv6SubnetMin: text,
    IPv6SubnetMax: text,
    Backend: {
      oneOf: [
        backend('vxlan', {
          VNI: { type: 'integer' },
          Port: port,
          GBP: flag,
          Learning: flag,
          DirectRouting: flag,
          MTU: mtu,
        }),
        backend('host-gw'),
        backend('udp', { Port: port }),
        backend('wireguard', {
          PSK: text,
          ListenPort: port,
          ListenPortV6: port,
          MTU: mtu,
          Mode: { enum: ['separate', 'auto', 'ipv4', 'ipv6'] },
          PersistentKeepaliveInterval: { type: 'integer' },
        }),
        backend('ipip', { DirectRouting: flag }),
      ],
    },
  }),
  // `Network` is asked for unless IPv4 is turned off, and `IPv6Network` where IPv6 is turned on.
  allOf: [
    {
      anyOf: [{ required: ['Network'] }, { properties: { EnableIPv4: { const: false } }, required: ['EnableIPv4'] }],
    },
    { anyOf: [{ required: ['IPv6Network'] }, { properties: { EnableIPv6: { const: false } } }] },
  ],
};

/** Values of the chart. Source: flannel-io/flannel chart/kube-flannel/values.yaml and what its templates read. */
const FLANNEL_VALUES = map({
  podCidr: { type: 'string' },
  podCidrv6: { type: 'string' },
  flannel: map({
    backend: { enum: ['vxlan', 'host-gw', 'udp', 'wireguard', 'ipip'] },
    backendPort: port,
    backendPortv6: port,
    vni: { type: 'integer' },
    GBP: flag,
    directRouting: flag,
    mtu,
    psk: text,
    tunnelMode: text,
    keepaliveInterval: { type: 'integer' },
    enableNFTables: flag,
    args: { type: 'array', items: { enum: ['--ip-masq', '--kube-subnet-mgr'] } },
  }),
  netpol: map({ enabled: flag, args: { type: 'array', items: text } }),
});

/** Keys of the ConfigMap of Canal. Source: projectcalico/calico manifests/canal.yaml. */
const CANAL_CONFIG = map(
  {
    typha_service_name: text,
    canal_iface: { type: 'string' },
    masquerade: { enum: ['true', 'false'] },
    veth_mtu: { type: 'string', pattern: '^\\d+$' },
    cni_network_config: text,
    'net-conf.json': text,
  },
  ['typha_service_name', 'canal_iface', 'masquerade', 'veth_mtu', 'cni_network_config', 'net-conf.json'],
);

/**
 * The environment of the container `weave`. Sources: weaveworks/weave site/kubernetes/kube-addon.md and the same page of the fork,
 * and prog/weave-kube/launch.sh for EXTRA_ARGS.
 */
const WEAVE_VARIABLES = [
  'CHECKPOINT_DISABLE',
  'CONN_LIMIT',
  'EXPECT_NPC',
  'EXTRA_ARGS',
  'HAIRPIN_MODE',
  'IPALLOC_INIT',
  'IPALLOC_RANGE',
  'IPTABLES_BACKEND',
  'KUBE_PEERS',
  'NO_MASQ_LOCAL',
  'WEAVE_EXPOSE_IP',
  'WEAVE_METRICS_ADDR',
  'WEAVE_MTU',
  'WEAVE_PASSWORD',
  'WEAVE_STATUS_ADDR',
];
const secretKeyRef = map({ name: text, key: text }, ['name', 'key']);
const variable = {
  ...map({ name: { enum: WEAVE_VARIABLES }, value: text, valueFrom: map({ secretKeyRef }, ['secretKeyRef']) }, [
    'name',
  ]),
  oneOf: [{ required: ['value'] }, { required: ['valueFrom'] }],
};
const WEAVE_CONTAINERS = {
  type: 'array',
  items: {
    oneOf: [
      map({ name: { const: 'weave' }, env: { type: 'array', items: variable, minItems: 1 } }, ['name', 'env']),
      map({ name: { const: 'weave-npc' }, $patch: { const: 'delete' } }, ['name', '$patch']),
    ],
  },
};

/** Source: kubernetes-sigs/kustomize api/types/kustomization.go, as far as it is used. */
const KUSTOMIZATION = map(
  {
    apiVersion: { const: 'kustomize.config.k8s.io/v1beta1' },
    kind: { const: 'Kustomization' },
    resources: { type: 'array', items: text, minItems: 1 },
    patches: { type: 'array', items: map({ path: text, patch: text, target: { type: 'object' } }), minItems: 1 },
  },
  ['apiVersion', 'kind', 'resources'],
);

/** Source: containernetworking/cni SPEC.md, "Configuration format". */
const CONF_LIST = map(
  {
    cniVersion: text,
    name: text,
    plugins: { type: 'array', items: { type: 'object', properties: { type: text }, required: ['type'] }, minItems: 1 },
  },
  ['cniVersion', 'name', 'plugins'],
);

const SCHEMAS = {
  'net-conf.json': NET_CONF,
  'values of the chart of Flannel': FLANNEL_VALUES,
  'ConfigMap of Canal': CANAL_CONFIG,
  'containers of Weave Net': WEAVE_CONTAINERS,
  kustomization: KUSTOMIZATION,
  'CNI configuration': CONF_LIST,
} as const;

const ajv = new Ajv({ allErrors: true, strict: false });

/** What is not in the documented fields of a form, or not as they say. */
export function undocumented(form: keyof typeof SCHEMAS, value: unknown): unknown {
  const validate = ajv.compile(SCHEMAS[form]);
  return validate(value) ? [] : validate.errors;
}
