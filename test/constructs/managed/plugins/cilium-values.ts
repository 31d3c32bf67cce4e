import Ajv from 'ajv';

const flag = { type: 'boolean' };
const text = { type: 'string' };
const whole = { type: 'integer' };
const texts = { type: 'array', items: text };
const word = (...words: readonly string[]) => ({ enum: words });
const map = (properties: Record<string, object>) => ({ type: 'object', properties, additionalProperties: false });

/**
 * Values of the chart `cilium/cilium` about the network. Sources, in cilium/cilium: types from
 * install/kubernetes/cilium/values.schema.json; words, defaults and meaning from Documentation/helm-values.rst; the values that the
 * schema leaves open (`extraConfig`, `ipMasqAgent.config`, `policyCIDRMatchMode`) from
 * install/kubernetes/cilium/templates/cilium-configmap.yaml and Documentation/network/concepts/masquerading.rst.
 */
const VALUES = map({
  MTU: whole,
  autoDirectNodeRoutes: flag,
  bgpControlPlane: map({ enabled: flag }),
  bpf: map({ masquerade: flag }),
  directRoutingSkipUnreachable: flag,
  enableIPv4Masquerade: flag,
  enableIPv6Masquerade: flag,
  encryption: map({ enabled: flag, type: word('wireguard', 'ipsec', 'ztunnel'), nodeEncryption: flag }),
  // Each is a flag of cilium-agent, as a text.
  extraConfig: map({ 'allow-localhost': word('auto', 'always', 'policy') }),
  hostFirewall: map({ enabled: flag }),
  ipMasqAgent: map({ enabled: flag, config: map({ nonMasqueradeCIDRs: texts, masqLinkLocal: flag }) }),
  ipam: map({
    mode: word('cluster-pool', 'kubernetes'),
    operator: map({
      clusterPoolIPv4MaskSize: whole,
      clusterPoolIPv4PodCIDRList: texts,
      clusterPoolIPv6MaskSize: whole,
      clusterPoolIPv6PodCIDRList: texts,
    }),
  }),
  ipv4: map({ enabled: flag }),
  ipv4NativeRoutingCIDR: text,
  ipv6: map({ enabled: flag }),
  ipv6NativeRoutingCIDR: text,
  k8sClusterNetworkPolicy: map({ enabled: flag }),
  k8sServiceHost: text,
  k8sServicePort: whole,
  kubeProxyReplacement: flag,
  policyCIDRMatchMode: { type: 'array', items: word('nodes', 'pods') },
  policyEnforcementMode: word('default', 'always', 'never'),
  routingMode: word('tunnel', 'native'),
  sctp: map({ enabled: flag }),
  tunnelPort: whole,
  tunnelProtocol: word('vxlan', 'geneve'),
  underlayProtocol: word('ipv4', 'ipv6', 'auto'),
});

const validate = new Ajv({ allErrors: true }).compile(VALUES);

/** Values that the chart does not have, or not so. */
export function undocumentedValues(values: unknown): readonly string[] {
  if (validate(values)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
