import { resolveProfile } from '../../../../lib/model/cluster/resolve-profile';

/** What a profile makes of a network plugin, and what it finds wrong with it; options that are not given are left out. */
export function told(cni: object) {
  const { profile, faults } = resolveProfile({ object: { cni }, origin: {} });
  return { cni: JSON.parse(JSON.stringify(profile.cni)) as object, faults };
}
