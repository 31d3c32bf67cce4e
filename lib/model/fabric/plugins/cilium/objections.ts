import type { FabricLint } from '../../../finding/fabric-lint';
import { CidrSet, formatCidr } from '../../../values/cidr-set';
import { separateNodes } from '../../separate-nodes';
import { combinationObjections } from './combinations';
import { familiesOf, fits, MOST_BITS_BETWEEN, maskSizesOf, ownPools, poolsOf } from './pools';
import { type Objections, refusal } from './refusal';

/** Why `autoDirectNodeRoutes` needs all nodes in one network segment. */
export const NO_ROUTE =
  'With `autoDirectNodeRoutes` a node routes to the pods of another by its address, and a router between two nodes knows no pods.';

/** What Cilium itself, its operator or its chart would refuse, or what leaves pods without a way. */
export const ciliumObjections: Objections = (spec, profile) => [
  ...pools(spec, profile),
  ...sizes(spec, profile),
  ...families(spec, profile),
  ...nativeRanges(spec, profile),
  ...routes(spec, profile),
  ...combinationObjections(spec, profile),
];

/** PTL315: pools that are not where the profile says pods are, or that nobody reads. */
const pools: Objections = (spec, profile) => {
  const { mode, podCidr } = spec.ipam ?? {};
  if (podCidr === undefined) return [];
  if (mode === 'kubernetes') {
    const problem =
      'With `ipam.mode: kubernetes` pods get addresses from the part that Kubernetes gives their node (NET-02).';
    return [refusal('ipam.podCidr', problem, 'leave it out, and say `podCidr`')];
  }
  if (profile.podCidr.isEmpty) return [];
  const outside = ownPools(spec, profile).filter(({ cidr }) => !profile.podCidr.covers(CidrSet.of(cidr)));
  return outside.map(({ cidr, field }) => {
    const problem = `Cilium gives pods addresses of ${formatCidr(cidr)}, and the profile says that they have those of ${profile.podCidr}.`;
    return refusal('ipam.podCidr', problem, 'pools within `podCidr`; best leave them out: then they are `podCidr`', {
      field,
    });
  });
};

/** PTL313: what the operator can't cut. Where nobody says how pods get addresses this may be none of its pools. */
const sizes: Objections = (spec, profile) => {
  if (spec.ipam?.mode === 'kubernetes') return [];
  const maskSizes = maskSizesOf(spec);
  return poolsOf(spec, profile).flatMap(({ cidr }): FabricLint[] => {
    const { family, prefix } = cidr;
    const size = maskSizes[family];
    if (fits(cidr, size)) return [];
    const key = `ipam.maskSize.ipv${family}`;
    const isSaid = spec.ipam?.maskSize?.[`ipv${family}`] !== undefined;
    const range = formatCidr(cidr);
    const most = family === 4 ? 32 : Math.min(128, prefix + MOST_BITS_BETWEEN);
    const rule =
      size < prefix
        ? `A part of a node is no larger than its pool ${range} (NET-02).`
        : `Cilium's operator divides a pool of IPv6, here ${range}, into ${2 ** MOST_BITS_BETWEEN} parts at most (NET-02).`;
    return [
      {
        code: 'PTL313',
        severity: spec.ipam === undefined ? 'warning' : 'error',
        field: isSaid ? ['cni', ...key.split('.')] : ['cni'],
        option: key,
        got: `/${size}${isSaid ? '' : ', which is the default'}`,
        expected: `${prefix} to ${most}`,
        rule,
      },
    ];
  });
};

/** PTL316 */
const families: Objections = (spec, profile) => {
  const off = ([4, 6] as const).filter((family) => spec[`ipv${family}`] === false);
  if (off.length === 2) {
    return [refusal('ipv4', 'Pods need addresses of one family at least.', 'ipv4 or ipv6', { field: ['cni', 'ipv4'] })];
  }
  const given = [...profile.written.podCidr, ...ownPools(spec, profile)];
  return off.flatMap((family): FabricLint[] => {
    const range = given.find(({ cidr }) => cidr.family === family);
    if (!range) return [];
    const problem = `Cilium is told \`ipv${family}: false\`, and gives pods no address of this range.`;
    const lint = { code: 'PTL316', severity: 'error', field: range.field } as const;
    return [{ ...lint, cni: 'Cilium', range: formatCidr(range.cidr), problem }];
  });
};

/** PTL315: with native routing what is masqueraded must be told from what is not, and pods must not be. */
const nativeRanges: Objections = (spec, profile) => {
  const { enabled = true, nonMasqueradeCidrs } = spec.masquerade ?? {};
  if (spec.routingMode !== 'native' || !enabled || nonMasqueradeCidrs !== undefined) return [];
  return familiesOf(spec, profile).flatMap((family): FabricLint[] => {
    const key = `ipv${family}NativeRoutingCidr` as const;
    const said = spec[key];
    const ofPods = CidrSet.of(...poolsOf(spec, profile).map(({ cidr }) => cidr)).ofFamily(family);
    if (said === undefined) {
      const problem = `With native routing Cilium refuses to start while it masquerades and nobody tells \`${key}\` (NET-04).`;
      const expected = `${ofPods.isEmpty ? 'the range of the pods' : ofPods}, or a wider range that is routed to; or \`masquerade.enabled: false\``;
      return [refusal(key, problem, expected, { field: ['cni', 'routingMode'] })];
    }
    const missed = ofPods.minus(CidrSet.parse(said));
    if (missed.isEmpty) return [];
    const problem = `Packets between pods would get the address of their node on the way to ${missed}: it is outside of ${said} (NET-04).`;
    return [refusal(key, problem, `a range that holds ${ofPods}`)];
  });
};

/** PTL317, and PTL315 where there are no routes to speak of. */
const routes: Objections = (spec, profile) => {
  if (!spec.autoDirectNodeRoutes) return [];
  if (spec.routingMode !== 'native') {
    const problem = 'With tunnels all packets between nodes go through these, and Cilium refuses to start (NET-04).';
    return [refusal('autoDirectNodeRoutes', problem, '`routingMode: native`, or leave it out')];
  }
  if (spec.routes !== undefined) return [];
  const expected = 'nodes in one network segment, `routes` of the underlay or by BGP, or tunnels';
  return separateNodes(profile, { because: NO_ROUTE, expected });
};
