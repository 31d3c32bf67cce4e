import { WEAVE_MTU, WEAVE_RANGE, type WeaveSpec } from '../../cluster/cni/weave';
import type { ClusterProfile } from '../../cluster/profile';
import type { PlacedRange } from '../../cluster/profile-ranges';
import type { FabricLint } from '../../finding/fabric-lint';
import { type Cidr, CidrSet, parseCidr } from '../../values/cidr-set';
import type { Carriage, Fabric, NodeTraffic } from '../fabric';
import type { FabricPlugin } from '../plugin';
import { refusal } from './refusal';

/** NET-06: VXLAN in IPv4, and what ESP takes beside it where packets are encrypted: Weave Net's own figures. */
const VXLAN_OVERHEAD = 50;
const ESP_OVERHEAD = 34;

/**
 * Weave Net: one network of the second layer over all nodes, in which each pod has any address of the one range. Packets go by
 * VXLAN in the kernel, or by its own process (sleeve) where that does not work. From its documentation and source.
 */
export const weaveFabric: FabricPlugin<WeaveSpec> = {
  describe: (spec, profile): Fabric => {
    const carriage = carriageOf(spec);
    return {
      links: profile.families
        .filter((family) => family === 4)
        .map((family) => ({ family, within: carriage, across: carriage })),
      blocks: { by: 'flat' },
      podRanges: ownRange(spec, profile),
      podMtu: { bytes: spec.mtu ?? WEAVE_MTU, field: spec.mtu === undefined ? ['cni'] : ['cni', 'mtu'] },
      nodeTraffic: nodeTrafficOf(spec),
      masquerade: { outgoing: true, exceptTo: ['224.0.0.0/4'] },
    };
  },
  objections: (spec, profile) => [
    ...rangeObjections(spec, profile),
    ...trustObjections(spec),
    ...masqueradeObjections(profile),
    ...projectObjections(spec),
  ],
};

/** `IPALLOC_RANGE`: what the options say, else the one pod range of the profile, else Weave Net's own. */
export function weaveRange({ range }: WeaveSpec, { podCidr }: ClusterProfile): Cidr {
  const declared = podCidr.ofFamily(4).toCidrs();
  return range === undefined && declared.length === 1 ? declared[0] : cidrOf(range ?? WEAVE_RANGE);
}

/** The range, where the profile's own pod ranges don't say it. */
function ownRange({ range }: WeaveSpec, { podCidr }: ClusterProfile): readonly PlacedRange[] | undefined {
  if (range !== undefined) return [{ cidr: cidrOf(range), field: ['cni', 'range'] }];
  return podCidr.ofFamily(4).isEmpty ? [{ cidr: cidrOf(WEAVE_RANGE), field: ['cni'] }] : undefined;
}

function carriageOf({ passwordSecret, trustedSubnets }: WeaveSpec): Carriage {
  const hasPassword = passwordSecret !== undefined;
  return {
    by: 'encapsulation',
    encapsulation: {
      name: 'VXLAN',
      overhead: VXLAN_OVERHEAD + (hasPassword ? ESP_OVERHEAD : 0),
      // Between nodes that trust each other nothing is; which they are is not told for a link.
      isEncrypted: hasPassword && [trustedSubnets ?? []].flat().length === 0,
      device: 'datapath',
    },
  };
}

/** NET-11 */
function nodeTrafficOf({ passwordSecret }: WeaveSpec): readonly NodeTraffic[] {
  return [
    { purpose: 'control of Weave Net', over: { protocol: 'TCP', port: 6783 }, carries: 'peering' },
    { purpose: 'sleeve of Weave Net', over: { protocol: 'UDP', port: 6783 } },
    { purpose: 'fast datapath of Weave Net', over: { protocol: 'UDP', port: 6784 } },
    ...(passwordSecret === undefined ? [] : [{ purpose: 'ESP of Weave Net', over: { ipProtocol: 50 } }]),
  ];
}

/** PTL315: all pods have addresses of the one range, and kube-proxy must know it by the same. */
function rangeObjections({ range }: WeaveSpec, { podCidr, written }: ClusterProfile): readonly FabricLint[] {
  const declared = podCidr.ofFamily(4);
  if (declared.isEmpty) return [];
  const blame = (option: string, problem: string, expected: string): FabricLint[] => {
    const field = option === 'range' ? ['cni', 'range'] : [option];
    return [refusal(field, option, problem, expected)];
  };
  if (written.podCidr.filter(({ cidr }) => cidr.family === 4).length > 1) {
    const problem = 'Weave Net gives all pods addresses of one range (IPALLOC_RANGE).';
    return blame('podCidr', problem, 'one range of IPv4');
  }
  if (range === undefined || declared.equals(CidrSet.of(cidrOf(range)))) return [];
  const problem = `Pods get addresses of ${range}, while \`podCidr\`, and so kube-proxy's clusterCIDR, says ${declared}.`;
  return blame('range', problem, `leave it out, or say \`podCidr: ${range}\``);
}

/** PTL315 */
function trustObjections({ passwordSecret, trustedSubnets }: WeaveSpec): readonly FabricLint[] {
  if (trustedSubnets === undefined || passwordSecret !== undefined) return [];
  const problem =
    'Nodes encrypt where they have a password; without one nothing is, and there is no subnet to leave out.';
  const expected = 'say `passwordSecret`, or leave out `trustedSubnets`';
  return [refusal(['cni', 'trustedSubnets'], 'trustedSubnets', problem, expected)];
}

/** PTL315: SVC-15 */
function masqueradeObjections({ kubeProxy }: ClusterProfile): readonly FabricLint[] {
  if (!kubeProxy.masqueradeAll) return [];
  const problem =
    "Nodes put their own address in place of every pod's, so that weave-npc can't tell who sends (SVC-15).";
  const expected = 'leave it out, as the documentation of Weave Net asks for';
  return [refusal(['kubeProxy', 'masqueradeAll'], 'masqueradeAll', problem, expected, 'warning')];
}

/** PTL318: its repository was archived on 20 June 2024, after a last change in November 2022. */
function projectObjections({ project }: WeaveSpec): readonly FabricLint[] {
  if (project === 'rajch') return [];
  const successor = 'the fork github.com/rajch/weave (`project: rajch`)';
  return [{ code: 'PTL318', severity: 'warning', field: ['cni'], cni: 'Weave Net', since: '2024', successor }];
}

/** INVARIANT: ranges of options were read as such before. */
function cidrOf(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!parsed.ok) throw new Error(`No range: ${text}`);
  return parsed.cidr;
}
