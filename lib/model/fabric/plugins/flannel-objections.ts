import { backendOf, carriesIpv6, type FlannelSpec } from '../../cluster/cni/flannel';
import type { ClusterProfile } from '../../cluster/profile';
import type { FabricLint } from '../../finding/fabric-lint';
import type { FieldPath } from '../../finding/origin';
import { type Cidr, CidrSet, formatCidr } from '../../values/cidr-set';
import type { IpFamily } from '../../values/ip';
import { refusal } from './refusal';

type Objections = (spec: FlannelSpec, profile: ClusterProfile) => readonly FabricLint[];

/** What Flannel itself would refuse, ignore or fail at. */
export const flannelObjections: Objections = (spec, profile) => [
  ...ranges(spec, profile),
  ...sizes(spec, profile),
  ...families(spec, profile),
  ...enforcers(spec, profile),
];

/** What is to be `Network` and `IPv6Network` of `net-conf.json`, as it is written: two ranges stay two, even side by side. */
function flannelNetworks({ network }: FlannelSpec, { written }: ClusterProfile): readonly Cidr[] {
  if (network === undefined) return written.podCidr.map(({ cidr }) => cidr);
  return [network].flat().flatMap((text) => CidrSet.parse(text).toCidrs());
}

/** PTL315: packets to pods outside of `Network` are none of Flannel's, and are masqueraded. */
const ranges: Objections = (spec, profile) => {
  const told: FabricLint[] = [];
  const blame = (field: FieldPath, option: string, problem: string, expected: string) =>
    told.push(refusal(field, option, problem, expected));
  for (const family of [4, 6] as const) {
    const own = flannelNetworks(spec, profile).filter((network) => network.family === family);
    const outside = profile.podCidr.ofFamily(family).minus(CidrSet.of(...own));
    const key = family === 4 ? 'Network' : 'IPv6Network';
    if (spec.network !== undefined && !outside.isEmpty) {
      const problem = `Flannel carries packets to addresses of \`${key}\` alone, and ${outside} of the pods' are not in it.`;
      blame(['cni', 'network'], 'network', problem, `a range that holds ${profile.podCidr.ofFamily(family)}`);
    } else if (own.length > 1) {
      const field = spec.network === undefined ? ['podCidr'] : ['cni', 'network'];
      blame(field, String(field.at(-1)), `\`${key}\` of its net-conf.json is one range.`, 'one range of each family');
    }
  }
  return told;
};

/** What Flannel's check of its `net-conf.json` asks of a family. */
const LIMITS: Readonly<Record<IpFamily, { network: number; subnet: number; option: 'subnetLen' | 'ipv6SubnetLen' }>> = {
  4: { network: 28, subnet: 30, option: 'subnetLen' },
  6: { network: 124, subnet: 126, option: 'ipv6SubnetLen' },
};

/** PTL313: the parts of nodes need room for a tunnel and a bridge, and a network for four parts, of which it leaves out the first. */
const sizes: Objections = (spec, profile) =>
  flannelNetworks(spec, profile).flatMap((network): FabricLint[] => {
    const { network: smallest, subnet: longest, option } = LIMITS[network.family];
    const length = spec[option];
    const blame = (field: FieldPath, name: string, got: string, expected: string, rule: string): FabricLint[] => [
      { code: 'PTL313', severity: 'error', field, option: name, got, expected, rule },
    ];
    if (network.prefix > smallest) {
      const name = spec.network === undefined ? 'podCidr' : 'network';
      const field = spec.network === undefined ? ['podCidr'] : ['cni', 'network'];
      const rule = `Flannel splits its network into four parts at least, of four addresses at least: a /${smallest} is the smallest.`;
      return blame(field, name, formatCidr(network), `a /${smallest} or larger`, rule);
    }
    if (length === undefined) return [];
    const field = ['cni', option];
    if (length > longest) {
      const rule = 'A part needs addresses for the tunnel and for the bridge of its node, beside those of pods.';
      return blame(field, option, `/${length}`, `at most ${longest}`, rule);
    }
    if (length < network.prefix + 2) {
      const rule = `Flannel wants room for four parts at least in ${formatCidr(network)}.`;
      return blame(field, option, `/${length}`, `at least ${network.prefix + 2}`, rule);
    }
    const given = profile.nodeCidrMaskSize[network.family];
    if (length === given) return [];
    const rule =
      'With --kube-subnet-mgr Flannel takes the part that Kubernetes gives each node, and not its own (NET-02).';
    return [{ code: 'PTL313', severity: 'warning', field, option, got: `/${length}`, expected: `${given}`, rule }];
  });

/** PTL316 */
const families: Objections = (spec, { written }) => {
  const backend = backendOf(spec);
  const range = written.podCidr.find(({ cidr }) => cidr.family === 6);
  if (!range || carriesIpv6(backend)) return [];
  const problem = `Of Flannel's backends vxlan, wireguard and host-gw carry IPv6; ${backend.type} carries IPv4 alone.`;
  return [
    { code: 'PTL316', severity: 'error', field: range.field, cni: 'Flannel', range: formatCidr(range.cidr), problem },
  ];
};

/** PTL315: each would drop what the other lets through. */
const enforcers: Objections = ({ netpol, canal }) =>
  netpol === true && canal === true
    ? [
        refusal(
          ['cni', 'canal'],
          'canal',
          'Both kube-network-policies and Calico would enforce policies, each in its own way.',
          'either `netpol` or `canal`',
        ),
      ]
    : [];
