import { familiesOf } from './pools';
import { type Objections, refusal } from './refusal';

/** PTL315: options of Cilium that don't go together. */
export const combinationObjections: Objections = (spec, profile) => [
  ...encryption(spec, profile),
  ...masquerading(spec, profile),
  ...kubeProxy(spec, profile),
  ...hostFirewall(spec, profile),
  ...sctp(spec, profile),
];

const encryption: Objections = ({ encryption, nodeEncryption }) =>
  nodeEncryption === true && encryption !== 'wireguard'
    ? [
        refusal(
          'nodeEncryption',
          'Only WireGuard encrypts what nodes themselves send.',
          '`encryption: wireguard` beside it',
        ),
      ]
    : [];

const masquerading: Objections = ({ masquerade = {}, kubeProxyReplacement }) => {
  const { enabled = true, bpf, nonMasqueradeCidrs } = masquerade;
  const needsNodePorts =
    enabled && bpf === true && kubeProxyReplacement !== true
      ? [
          refusal(
            'masquerade.bpf',
            'Masquerading by eBPF is part of what replaces kube-proxy, and without it Cilium refuses to start (NET-04).',
            '`kubeProxyReplacement: true` beside it',
          ),
        ]
      : [];
  const needsBpf =
    nonMasqueradeCidrs !== undefined && !(enabled && bpf === true)
      ? [
          refusal(
            'masquerade.nonMasqueradeCidrs',
            "Cilium's ip-masq-agent is part of masquerading by eBPF, and without it Cilium refuses to start (NET-04).",
            '`masquerade: { bpf: true }`, or `ipv4NativeRoutingCidr` instead',
          ),
        ]
      : [];
  return [...needsNodePorts, ...needsBpf];
};

const kubeProxy: Objections = ({ kubeProxyReplacement }, { hasProxyMode }) =>
  kubeProxyReplacement === true && hasProxyMode
    ? [
        refusal(
          'proxyMode',
          'Cilium replaces kube-proxy: none is to run beside it, each would translate without knowing of the other.',
          'leave `proxyMode` out, or `kubeProxyReplacement`',
          { field: ['proxyMode'] },
        ),
      ]
    : [];

const hostFirewall: Objections = (spec, profile) => {
  if (spec.hostFirewall !== true) return [];
  const { enabled = true, bpf } = spec.masquerade ?? {};
  const told = [];
  if (spec.encryption === 'ipsec') {
    told.push(
      refusal(
        'hostFirewall',
        'Cilium refuses to start with both its host firewall and IPsec.',
        'the one or the other; WireGuard goes with it',
      ),
    );
  }
  if (enabled && bpf === true && familiesOf(spec, profile).includes(6)) {
    told.push(
      refusal(
        'hostFirewall',
        'The host firewall does not go with masquerading of IPv6 by eBPF.',
        '`masquerade.bpf: false`',
      ),
    );
  }
  if (spec.policyEnforcementMode === 'always') {
    const problem =
      'Nodes are shut too: what no CiliumClusterwideNetworkPolicy of nodes lets through, the kubelet and the API server included, is dropped.';
    told.push(
      refusal('policyEnforcementMode', problem, 'policies for nodes, which are not judged here', {
        severity: 'warning',
      }),
    );
  }
  return told;
};

const sctp: Objections = ({ sctp, kubeProxyReplacement, masquerade }) => {
  if (sctp !== true) return [];
  const without = [
    ...(kubeProxyReplacement === true ? ['Services'] : []),
    ...(masquerade?.bpf === true ? ['addresses outside the cluster'] : []),
  ];
  if (without.length === 0) return [];
  const problem = `Cilium does not translate SCTP by eBPF: pods reach no ${without.join(' and no ')} over it (NP-09).`;
  return [
    refusal('sctp', problem, 'kube-proxy and iptables for these, or SCTP between pods alone', { severity: 'warning' }),
  ];
};
