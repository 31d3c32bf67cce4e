import type { PodGroup } from '../model/cluster/workload';
import { isSameName } from '../model/dns/name';
import type { HostAlias, PodTemplate } from '../model/manifest/resources';
import { podLabel } from '../model/reach/policy-hops';
import { formatIp } from '../model/values/ip';
import type { Candidate, FixContext } from './candidate';
import type { Broken } from './checked';
import type { Cause, Fix } from './finding';
import { isYaml, valueCode } from './fix-code';
import { editTemplate } from './template-edits';
import { wordsOf } from './words/words-of';

/** DNS-18, DNS-19: the policy by which the pod asks the cluster's DNS, and nobody else. */
export function askTheCluster(
  { example }: Broken,
  cause: Cause & { code: 'PTL501' },
  context: FixContext,
): readonly Candidate[] {
  const pod = example?.source ?? context.network.cluster.pods.find((each) => podLabel(each) === cause.pod);
  const template = pod && templateOf(pod);
  if (!pod || !template) return [];
  const dnsPolicy = pod.hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst';
  const { dnsConfig } = template;
  const own = dnsConfig?.nameservers ?? [];
  const change = own.length === 0 ? { dnsPolicy } : { dnsPolicy, dnsConfig: { ...dnsConfig!, nameservers: [] } };
  return [
    {
      fix: policyFix(pod, template, dnsPolicy, own.map(formatIp)),
      resources: editTemplate(pod.workload, context.resources, change as Partial<PodTemplate>),
    },
  ];
}

function policyFix(pod: PodGroup, { dnsPolicy: from }: PodTemplate, to: string, nameservers: readonly string[]): Fix {
  const inYaml = isYaml(pod.workload.origin);
  const isMeant = from === to;
  const fields = [
    // Where a pod has the usual policy its manifest need not say so.
    {
      remove: isMeant || from === 'ClusterFirst' ? undefined : policyCode(pod, from),
      add: isMeant ? undefined : policyCode(pod, to),
    },
    {
      remove:
        nameservers.length > 0
          ? `nameservers: [${nameservers.map((each) => valueCode(each, inYaml)).join(', ')}]`
          : undefined,
      add: undefined,
    },
  ];
  const text = (side: 'remove' | 'add') => fields.flatMap((field) => field[side] ?? []).join('\n') || undefined;
  return { summary: "have the pod ask the cluster's DNS", remove: text('remove'), add: text('add') };
}

/** In the words of whoever made the pod. */
function policyCode(pod: PodGroup, policy: string): string {
  return wordsOf(pod.workload.origin).dnsPolicy(policy);
}

/** DNS-24: the hosts file of the pod, without the name. */
export function forgetAlias(
  { example, offenders }: Broken,
  name: string,
  { resources, network }: FixContext,
): readonly Candidate[] {
  const pod = example?.source ?? network.cluster.pods.find((each) => podLabel(each) === offenders[0]);
  const aliases = pod && templateOf(pod)?.hostAliases;
  if (!pod || !aliases) return [];
  const inYaml = isYaml(pod.workload.origin);
  const telling = aliases.filter((alias) => isAbout(alias, name));
  const left = aliases.flatMap((alias) => {
    const hostnames = alias.hostnames.filter((each) => !isSameName(each, name));
    return hostnames.length > 0 ? [{ ...alias, hostnames }] : [];
  });
  const remove = telling.map((alias) => aliasCode(alias, inYaml)).join('\n');
  const add = left
    .filter(({ ip }) => telling.some((alias) => alias.ip === ip))
    .map((alias) => aliasCode(alias, inYaml))
    .join('\n');
  return [
    {
      fix: { summary: 'leave the name out of the hosts file of the pod', remove, add: add || undefined },
      resources: editTemplate(pod.workload, resources, { hostAliases: left.length > 0 ? left : undefined }),
    },
  ];
}

function isAbout({ hostnames }: HostAlias, name: string): boolean {
  return hostnames.some((each) => isSameName(each, name));
}

function aliasCode({ ip, hostnames }: HostAlias, inYaml: boolean): string {
  const quoted = hostnames.map((each) => valueCode(each, inYaml)).join(', ');
  return `{ ip: ${valueCode(formatIp(ip), inYaml)}, hostnames: [${quoted}] }`;
}

function templateOf({ workload: { resource } }: PodGroup): PodTemplate | undefined {
  return resource?.template;
}
