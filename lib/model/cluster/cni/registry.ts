import { fieldsOf } from '../profile-fields';
import type { Report } from '../profile-report';
import { type CalicoSpec, calico } from './calico';
import type { CniCapabilities, PolicyCapability } from './capabilities';
import { type CiliumSpec, cilium } from './cilium';
import { type ConformantSpec, conformant } from './conformant';
import { type FlannelSpec, flannel } from './flannel';
import { type KindnetSpec, kindnet } from './kindnet';
import type { CniPlugin, EnforcerName } from './plugin';
import { type WeaveSpec, weave } from './weave';

/** A network plugin with its options. */
export type CniSpec = CalicoSpec | CiliumSpec | ConformantSpec | FlannelSpec | KindnetSpec | WeaveSpec;
export type CniName = CniSpec['name'];

// INVARIANT: each is only asked about specs of its own name.
const PLUGINS: Readonly<Record<CniName, CniPlugin<CniSpec>>> = { calico, cilium, conformant, flannel, kindnet, weave };

export const KNOWN_CNIS: readonly CniName[] = Object.values(PLUGINS).map(({ name }) => name);

/** The plugin's name as its own project writes it. */
export function titleOf({ name }: CniSpec): string {
  return PLUGINS[name].title;
}

export function capabilitiesOf(spec: CniSpec): CniCapabilities {
  return PLUGINS[spec.name].capabilities(spec);
}

/** Who carries out the policies that the plugin has enforced. */
export function enforcerNameOf(spec: CniSpec): EnforcerName {
  return PLUGINS[spec.name].enforcer?.(spec) ?? 'api';
}

/** The plugin with the option by which it does what it lacks; `undefined` where there is no such thing. */
export function enforcingVariantOf(spec: CniSpec, lacking: PolicyCapability): CniSpec | undefined {
  const variant = PLUGINS[spec.name].enforcing?.(spec, lacking);
  return variant && capabilitiesOf(variant)[lacking] === true ? variant : undefined;
}

/** The first plugin that surely does what policies ask for, without any option. */
export function pluginWith(capability: PolicyCapability): CniSpec | undefined {
  const { conformant: _, ...real } = PLUGINS;
  return Object.values(real)
    .map(({ name }): CniSpec => ({ name }))
    .find((spec) => capabilitiesOf(spec)[capability] === true);
}

/** Reads the `cni` of a profile. */
export function parseCni(value: unknown, fault: Report): CniSpec {
  if (value === undefined) return { name: 'conformant' };
  const given = typeof value === 'string' ? { name: value } : value;
  if (given === null || typeof given !== 'object' || !('name' in given) || typeof given.name !== 'string') {
    fault(['cni'], value, 'this is neither a name nor a map with a `name`', `one of ${KNOWN_CNIS.join(', ')}`);
    return { name: 'conformant' };
  }
  const { name } = given;
  const known = KNOWN_CNIS.find((each) => each === name);
  if (known) return parseOptions(PLUGINS[known], { ...given }, fault);
  fault(['cni'], name, `no network plugin \`${name}\` is known`, `one of ${KNOWN_CNIS.join(', ')}`, KNOWN_CNIS);
  return { name: 'conformant' };
}

function parseOptions(plugin: CniPlugin<CniSpec>, given: Readonly<Record<string, unknown>>, fault: Report): CniSpec {
  const { options, title } = plugin;
  for (const key of Object.keys(given).filter((key) => key !== 'name' && !options.includes(key))) {
    const expected = options.length === 0 ? 'no options' : `some of ${options.join(', ')}`;
    fault(['cni', key], key, `${title} has no option \`${key}\``, expected, options);
  }
  return plugin.parse(fieldsOf(given, ['cni'], fault));
}
