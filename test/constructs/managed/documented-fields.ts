import Ajv, { type ValidateFunction } from 'ajv';

/** What a kind's fields hold: a word for a value, a list of one item for a list, a map for a map. */
type Fields = { readonly [key: string]: Shape };
type Shape = 'text' | 'flag' | 'number' | 'labels' | readonly [Shape] | readonly string[] | { readonly fields: Fields };

const component: Shape = { fields: { extraArgs: [{ fields: { name: 'text', value: 'text' } }] } };

/**
 * The fields of the kinds that bootstrappers read, as far as they are about the network, by `apiVersion` and `kind`.
 * Sources: kubernetes/kubernetes cmd/kubeadm/app/apis/kubeadm/v1beta4/types.go, staging/src/k8s.io/kube-proxy/config/v1alpha1/types.go,
 * staging/src/k8s.io/kubelet/config/v1beta1/types.go; kubernetes-sigs/kind pkg/apis/config/v1alpha4/types.go and
 * pkg/internal/apis/config/validate.go (modes nftables and none).
 */
export const DOCUMENTED: Readonly<Record<string, Fields>> = {
  'kubeadm.k8s.io/v1beta4 ClusterConfiguration': {
    networking: { fields: { podSubnet: 'text', serviceSubnet: 'text', dnsDomain: 'text' } },
    controllerManager: component,
    apiServer: component,
    scheduler: component,
    proxy: { fields: { disabled: 'flag' } },
    dns: { fields: { disabled: 'flag' } },
    controlPlaneEndpoint: 'text',
    clusterName: 'text',
    kubernetesVersion: 'text',
  },
  'kubeproxy.config.k8s.io/v1alpha1 KubeProxyConfiguration': {
    mode: ['iptables', 'ipvs', 'nftables'],
    clusterCIDR: 'text',
    nodePortAddresses: ['text'],
    iptables: { fields: { masqueradeAll: 'flag', localhostNodePorts: 'flag', masqueradeBit: 'number' } },
    nftables: { fields: { masqueradeAll: 'flag', masqueradeBit: 'number' } },
    ipvs: { fields: { scheduler: 'text', strictARP: 'flag', excludeCIDRs: ['text'] } },
    detectLocalMode: 'text',
  },
  'kubelet.config.k8s.io/v1beta1 KubeletConfiguration': {
    clusterDomain: 'text',
    clusterDNS: ['text'],
    resolvConf: 'text',
    podCIDR: 'text',
    maxPods: 'number',
    hairpinMode: 'text',
  },
  'kind.x-k8s.io/v1alpha4 Cluster': {
    name: 'text',
    networking: {
      fields: {
        ipFamily: ['ipv4', 'ipv6', 'dual'],
        podSubnet: 'text',
        serviceSubnet: 'text',
        disableDefaultCNI: 'flag',
        kubeProxyMode: ['iptables', 'ipvs', 'nftables', 'none'],
        apiServerAddress: 'text',
        apiServerPort: 'number',
        dnsSearch: ['text'],
      },
    },
    nodes: [{ fields: { role: ['control-plane', 'worker'], labels: 'labels', image: 'text' } }],
    kubeadmConfigPatches: ['text'],
  },
};

const WORDS: ReadonlySet<unknown> = new Set(['text', 'flag', 'number', 'labels']);

function schemaOf(shape: Shape): object {
  if (shape === 'text') return { type: 'string', minLength: 1 };
  if (shape === 'flag') return { type: 'boolean' };
  if (shape === 'number') return { type: 'integer' };
  if (shape === 'labels') return { type: 'object', additionalProperties: { type: 'string' } };
  if (!('fields' in shape)) {
    const isList = shape.length === 1 && (typeof shape[0] === 'object' || WORDS.has(shape[0]));
    return isList ? { type: 'array', items: schemaOf(shape[0] as Shape) } : { enum: shape };
  }
  const properties = Object.fromEntries(Object.entries(shape.fields).map(([key, field]) => [key, schemaOf(field)]));
  return { type: 'object', properties, additionalProperties: false };
}

const ajv = new Ajv({ strict: true });
const VALIDATORS: ReadonlyMap<string, ValidateFunction> = new Map(
  Object.entries(DOCUMENTED).map(([kind, fields]) => [
    kind,
    ajv.compile(schemaOf({ fields: { apiVersion: 'text', kind: 'text', ...fields } })),
  ]),
);

/** Checks a document against the documented fields of its kind; a kind that is not documented here is none. */
export function validatorOf(document: { readonly apiVersion: string; readonly kind: string }): ValidateFunction {
  const kind = `${document.apiVersion} ${document.kind}`;
  const validator = VALIDATORS.get(kind);
  if (!validator) throw new Error(`no fields are documented for ${kind}`);
  return validator;
}
