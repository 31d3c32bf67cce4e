import { titleOf } from '../../cluster/cni/registry';
import type { FabricLint } from '../../finding/fabric-lint';
import { formatCidr } from '../../values/cidr';
import type { IpFamily } from '../../values/ip';
import type { FabricLintRule } from './rule';

const NAMES: Readonly<Record<IpFamily, string>> = { 4: 'IPv4', 6: 'IPv6' };

/** PTL316: pods with a family that the plugin does not carry, or that Services lack, or the other way round (SVC-27). */
export const families: FabricLintRule = ({ profile }, { links }) => {
  const { podCidr, serviceCidr } = profile.written;
  const cni = titleOf(profile.cni);
  const carried = new Set(links.map(({ family }) => family));
  const missing = ({ cidr, field }: (typeof podCidr)[number], problem: string): FabricLint => {
    return { code: 'PTL316', severity: 'error', field, cni, range: formatCidr(cidr), problem };
  };
  const isCarried = (family: IpFamily) => carried.size === 0 || carried.has(family);
  const uncarried = firstOfFamilies(podCidr.filter(({ cidr }) => !isCarried(cidr.family))).map((range) =>
    missing(range, `${cni}, as it is set up here, carries no ${NAMES[range.cidr.family]} packets of pods (NET-04).`),
  );
  if (podCidr.length === 0 || serviceCidr.length === 0) return uncarried;
  const ofServices = new Set(serviceCidr.map(({ cidr }) => cidr.family));
  const ofPods = new Set(podCidr.map(({ cidr }) => cidr.family));
  const isShared = [...ofPods].some((family) => ofServices.has(family));
  const lonely = [
    ...firstOfFamilies(podCidr.filter(({ cidr }) => !ofServices.has(cidr.family))).map((range) => ({
      range,
      problem: `Services have no ${NAMES[range.cidr.family]} addresses here: dual-stack needs ranges of both families for pods and for Services (SVC-27).`,
    })),
    ...firstOfFamilies(serviceCidr.filter(({ cidr }) => !ofPods.has(cidr.family))).map((range) => ({
      range,
      problem: `Pods have no ${NAMES[range.cidr.family]} addresses here, so that Services of that family lead to nobody: dual-stack needs ranges of both families for pods and for Services (SVC-27).`,
    })),
  ];
  const severity = isShared ? 'warning' : 'error';
  return [...uncarried, ...lonely.map(({ range, problem }): FabricLint => ({ ...missing(range, problem), severity }))];
};

function firstOfFamilies<T extends { readonly cidr: { readonly family: IpFamily } }>(
  ranges: readonly T[],
): readonly T[] {
  return ranges.filter(({ cidr }, i) => ranges.findIndex((other) => other.cidr.family === cidr.family) === i);
}
