import { type CalicoSpec, calicoRelease } from '../../../../cluster/cni/calico';
import type { ClusterProfile } from '../../../../cluster/profile';
import type { FabricLint } from '../../../../finding/fabric-lint';
import type { FieldPath } from '../../../../finding/origin';
import { refusal } from '../../refusal';
import { type CalicoPool, defaultsOf } from '../pools';
import { FELIX_ROUTES_IPIP, hasMesh, speaksBgp } from '../routes';

/** AS_TRANS (RFC 6793) and the last ones of each size (RFC 7300): nobody's. */
const RESERVED_AS = [23_456, 65_535, 4_294_967_295];

/** Who tells whom where pods are: PTL315. */
export function routingObjections(
  spec: CalicoSpec,
  pools: readonly CalicoPool[],
  profile: ClusterProfile,
): readonly FabricLint[] {
  return [...untold(spec, pools, profile), ...unspoken(spec), ...reserved(spec)];
}

/** Pools that are not wrapped in VXLAN need somebody who sets routes to them; with host-local that may be the cloud. */
function untold(spec: CalicoSpec, pools: readonly CalicoPool[], { families }: ClusterProfile): readonly FabricLint[] {
  const hasPeers = speaksBgp(spec) && (spec.bgp?.peers ?? []).length > 0;
  if (hasMesh(spec) || hasPeers || spec.clusterRoutingMode === 'Felix' || spec.ipam === 'host-local' || spec.wireguard)
    return [];
  const needy = needyPools(spec, pools, families);
  if (needy.length === 0) return [];
  const [option, said] = speaksBgp(spec)
    ? ['mesh', 'The mesh is off and there are no peers']
    : ['enabled', 'BGP is off'];
  const problem =
    `${said}, and by BGP nodes learn the way to pods that are not wrapped in VXLAN (${needy.join(', ')}): ` +
    'between nodes their packets have no route, and the operator refuses such pools without BGP (NET-04).';
  const expected = 'take VXLAN or VXLANCrossSubnet, which need no BGP, or `clusterRoutingMode: Felix`';
  return [refusal(['cni', 'bgp', option], `bgp.${option}`, problem, expected)];
}

/** What wraps the pools of pods that need BGP: from 3.33 on Felix sets the routes of IP-in-IP, whatever the manifests say. */
function needyPools(
  spec: CalicoSpec,
  pools: readonly CalicoPool[],
  families: ClusterProfile['families'],
): readonly string[] {
  const ofPods = pools.filter(({ isForPods }) => isForPods);
  const said = pools.length > 0 ? ofPods : families.map((family) => defaultsOf(family, spec));
  const isTold = spec.install === 'manifest' && (calicoRelease(spec.version) ?? 0) >= FELIX_ROUTES_IPIP;
  return [...new Set(said.map(({ encapsulation }) => encapsulation))]
    .filter((each) => !each.startsWith('VXLAN') && !(isTold && each.startsWith('IPIP')))
    .sort();
}

/** What is said of BGP where nobody speaks it. */
function unspoken(spec: CalicoSpec): readonly FabricLint[] {
  if (speaksBgp(spec)) return [];
  return (['peers', 'advertise', 'asNumber', 'listenPort'] as const)
    .filter((key) => spec.bgp?.[key] !== undefined)
    .map((key) =>
      refusal(
        ['cni', 'bgp', key],
        `bgp.${key}`,
        'BGP is off: no node speaks with anybody, and nothing of this is told (NET-11).',
        'leave it out, or enable BGP',
      ),
    );
}

function reserved({ bgp }: CalicoSpec): readonly FabricLint[] {
  const said: readonly (readonly [FieldPath, number | undefined])[] = [
    [['cni', 'bgp', 'asNumber'], bgp?.asNumber],
    ...(bgp?.peers ?? []).map(({ asNumber }, i) => [['cni', 'bgp', 'peers', i, 'asNumber'], asNumber] as const),
  ];
  return said.flatMap(([field, number]) =>
    number !== undefined && RESERVED_AS.includes(number)
      ? [
          refusal(
            field,
            'asNumber',
            `AS number ${number} is reserved, and routers refuse it (RFC 6793, RFC 7300).`,
            'take one of your own, or a private one: 64512 to 65534, or 4200000000 to 4294967294',
          ),
        ]
      : [],
  );
}
