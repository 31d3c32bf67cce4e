import type { RecordTarget } from '../model/dns/record';
import type { Resolution } from '../model/dns/resolve';
import type { Origin } from '../model/finding/origin';
import type { Network } from '../model/network';
import { CidrSet } from '../model/values/cidr-set';
import { type IpAddress, parseIp } from '../model/values/ip';
import type { Doubt } from '../model/values/ternary';
import type { EndpointRef } from './endpoint';
import { foreignEndsOf, othersBehind } from './foreign-ends';
import type { Resolved } from './resolve';
import { podsBehind } from './targets';

/** The label by which the controller of a StatefulSet tells its pods apart. */
const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';

/** Whether a name leads to an endpoint and to nothing else; a doubt where nobody knows. */
export function leadsTo(
  resolution: Resolution,
  to: Resolved,
  ref: EndpointRef,
  network: Network,
): 'yes' | 'no' | Doubt | undefined {
  if (to.host !== undefined) return leadsToHost(resolution, to.host);
  if (resolution.result !== 'found') return undefined;
  if (!to.addresses.isEmpty || resolution.by !== 'dns') return leadsToAddresses(resolution, to);
  const targets = withoutAliases(resolution.targets, to);
  if (targets.length === 0) return 'no';
  const answers = targets.map((target) => isPartOf(target, resolution, to, ref, network));
  return answers.find((answer) => answer !== 'yes') ?? 'yes';
}

/** SVC-22: an alias leads to the host even where nobody here knows what address that has. */
function leadsToHost({ name, answers, isUpstream, result }: Resolution, host: string): 'yes' | 'no' | undefined {
  const isHost = (text: string | undefined) => text?.replace(/\.$/, '').toLowerCase() === host.toLowerCase();
  const aliases = answers.filter(({ type }) => type === 'CNAME');
  if (aliases.length > 0) return aliases.some(({ data }) => isHost(data)) ? 'yes' : 'no';
  if (isUpstream && isHost(name)) return undefined;
  return result === 'found' ? 'no' : undefined;
}

function leadsToAddresses({ answers }: Resolution, to: Resolved): 'yes' | 'no' | Doubt {
  const own = [...to.pods.flatMap((pod) => pod.addresses ?? []), ...to.services.flatMap((s) => s.clusterIps)];
  const wanted = to.addresses.union(CidrSet.ofAddresses(own));
  const found = answers.filter(({ type }) => type === 'A' || type === 'AAAA');
  const known = found.flatMap(({ data }): readonly IpAddress[] => {
    const parsed = parseIp(data ?? '');
    return parsed.ok ? [parsed.address] : [];
  });
  if (known.some((address) => !wanted.has(address))) {
    // An address that a pod or Service is yet to get may be this one.
    const mayBe = to.pods.some((pod) => !pod.addresses && known.every((address) => pod.domain.has(address)));
    return mayBe ? ADDRESS_DOUBT : 'no';
  }
  return known.length < found.length ? ADDRESS_DOUBT : 'yes';
}

const ADDRESS_DOUBT: Doubt = { rule: 'DNS-02', wouldDecide: 'an address that Kubernetes is yet to choose' };

/** Aliases lead on to what the name means in the end, unless they are themselves what was promised. */
function withoutAliases(targets: readonly RecordTarget[], to: Resolved): readonly RecordTarget[] {
  const isAlias = ({ service }: RecordTarget) => service.serviceType === 'ExternalName';
  const wanted = targets.filter((target) => isAlias(target) && to.services.includes(target.service));
  return wanted.length > 0 ? wanted : targets.filter((target) => !isAlias(target));
}

function isPartOf(
  { service, pod }: RecordTarget,
  { answeredBy }: Resolution,
  to: Resolved,
  ref: EndpointRef,
  network: Network,
): 'yes' | 'no' | Doubt {
  if (to.services.includes(service)) return 'yes';
  // A virtual address stands for all that is behind it.
  const whole = { ...to, port: undefined, pods: [], services: [service] };
  const others = pod ? undefined : othersBehind(network, whole);
  if (others) return others;
  if (!pod && foreignEndsOf(network, whole).length > 0) return 'no';
  const meant = pod ? [pod] : podsBehind(network, whole);
  if (meant.length === 0 || !meant.every((one) => to.pods.includes(one))) return 'no';
  const open = meant.filter((one) => !to.surely.includes(one));
  if (open.length === 0) return 'yes';
  // DNS-06: the name itself tells which pod of a StatefulSet it is.
  const ordinal = podNameOf(ref);
  if (ordinal === undefined || !pod) return { rule: 'DNS-06', wouldDecide: 'labels that tell the pods apart' };
  return answeredBy?.split('.')[0].toLowerCase() === ordinal ? 'yes' : 'no';
}

function podNameOf(ref: EndpointRef): string | undefined {
  if (ref.kind === 'port' || ref.kind === 'nodePort' || ref.kind === 'container') return podNameOf(ref.of);
  const name = ref.kind === 'pods' ? ref.labels[POD_NAME_LABEL] : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** What a name leads to, in words, and where that was declared. */
export function destinationOf({ targets, answers, by }: Resolution): {
  readonly label: string;
  readonly origin?: Origin;
  readonly isAlias: boolean;
} {
  const [first] = targets;
  const last = targets.at(-1);
  if (first && last) {
    const { service, pod } = last;
    // Where an alias leads out of the cluster, the host is what it comes down to.
    const host = answers.findLast(({ type }) => type === 'CNAME')?.data?.replace(/\.$/, '');
    if (service.serviceType === 'ExternalName' && host) {
      return { label: host, origin: service.origin, isAlias: true };
    }
    const name = `Service ${service.namespace}/${service.name}`;
    return {
      label: pod ? `${pod.workload.namespace}/${pod.workload.name} by ${name}` : name,
      origin: service.origin,
      isAlias: false,
    };
  }
  const data = answers.flatMap((answer) => answer.data ?? []);
  const text = data.length > 0 ? data.join(', ') : 'an address';
  return { label: by === 'hosts' ? `${text} of its own hosts file` : text, isAlias: false };
}
