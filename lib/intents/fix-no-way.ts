import { type CniSpec, capabilitiesOf, KNOWN_CNIS } from '../model/cluster/cni/registry';
import type { Candidate, FixContext } from './candidate';
import type { Cause } from './finding';
import { isYaml } from './fix-code';
import { admitTunnels } from './fix-firewall';
import { cniCode } from './fix-need';

/** NET-04: the plugin without an option by which it has no way from node to node, else another one that has. */
export function wayBetweenNodes({ isShut }: Cause & { code: 'PTL317' }, context: FixContext): readonly Candidate[] {
  if (isShut) return admitTunnels(context);
  const { cni } = context.profile;
  const options = Object.entries(cni).filter(([key, value]) => key !== 'name' && value !== undefined);
  const others = KNOWN_CNIS.filter((name) => name !== cni.name && name !== 'conformant').map(
    (name): CniSpec => ({ name }),
  );
  return [
    ...options.map(([key]) => running(without(cni, key), `leave \`${key}\` as it usually is`, context)),
    ...others.map((each) => running(each, 'run a network that has a way between these nodes', context)),
  ];
}

function without(cni: CniSpec, key: string): CniSpec {
  return Object.fromEntries(Object.entries(cni).filter(([own]) => own !== key)) as unknown as CniSpec;
}

function running(cni: CniSpec, summary: string, { profile }: FixContext): Candidate {
  const inYaml = isYaml(profile.originOf(['cni']));
  return {
    fix: { summary, remove: cniCode(profile.cni, inYaml), add: cniCode(cni, inYaml) },
    profile: { ...profile, cni, capabilities: capabilitiesOf(cni) },
    choice: summary,
  };
}
