import type { PolicyCapability } from '../model/cluster/cni/capabilities';
import { type CniSpec, capabilitiesOf, enforcingVariantOf, pluginWith } from '../model/cluster/cni/registry';
import type { NeedLint } from '../model/policy/needs';
import type { Candidate, FixContext } from './candidate';
import type { NetworkCause } from './finding';
import { isYaml, valueCode } from './fix-code';
import { numberPorts, spreadRanges } from './fix-ports';

/** What the plugin has to do, and how that is said. */
const ASKED: Readonly<Record<NetworkCause['code'], (lint: NeedLint) => readonly [PolicyCapability, summary: string]>> =
  {
    PTL301: () => ['enforcesNetworkPolicy', 'enforces NetworkPolicy'],
    PTL303: () => ['endPort', 'reads endPort'],
    PTL304: () => ['sctp', 'carries out rules about SCTP'],
    PTL305: () => ['namedPorts', 'takes ports by their names'],
    PTL306: ({ object: { kind } }) => [
      kind === 'ClusterNetworkPolicy' ? 'clusterNetworkPolicy' : 'adminNetworkPolicy',
      `reads ${kind}`,
    ],
  };

/** A policy that asks for less, an option of the plugin by which it does what is asked, or another plugin. */
export function meetNeed({ code, lint }: NetworkCause, context: FixContext): readonly Candidate[] {
  const { profile } = context;
  const inYaml = isYaml(profile.originOf(['cni']));
  const [capability, asked] = ASKED[code](lint);
  // Without a word about the plugin it is a conformant one.
  const before = profile.cni.name === 'conformant' ? undefined : cniCode(profile.cni, inYaml);
  const candidate = (summary: string, cni: CniSpec | undefined): readonly Candidate[] =>
    cni
      ? [
          {
            fix: { summary, remove: before, add: cniCode(cni, inYaml) },
            profile: { ...profile, cni, capabilities: capabilitiesOf(cni) },
          },
        ]
      : [];
  const own = capability === 'enforcesNetworkPolicy' ? 'run its policy controller too' : 'switch it on in the plugin';
  return [
    ...rewritten(lint, context),
    ...candidate(own, enforcingVariantOf(profile.cni, capability)),
    ...candidate(`run a network that ${asked}`, pluginWith(capability)),
  ];
}

function rewritten(lint: NeedLint, context: FixContext): readonly Candidate[] {
  if (lint.code === 'PTL305') return numberPorts(lint, context);
  return lint.code === 'PTL303' ? spreadRanges(lint, context) : [];
}

/** The plugin as the profile of a cluster names it. */
export function cniCode({ name, ...options }: CniSpec, inYaml: boolean): string {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const text = given
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? valueCode(value, inYaml) : JSON.stringify(value)}`)
    .join(', ');
  if (inYaml) return text === '' ? `cni: ${name}` : `cni: { name: ${name}, ${text} }`;
  return text === '' ? `cni: Cni.${name}()` : `cni: Cni.${name}({ ${text} })`;
}
