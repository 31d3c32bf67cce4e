import type { PodGroup } from '../model/cluster/workload';
import type { Network } from '../model/network';
import type { End } from '../model/reach/policy-hops';
import type { Intent } from './intent';
import type { Resolved } from './resolve';
import { containerPorts, type ServiceTarget, serviceTargets } from './targets';

/**
 * Whether a promise to reach Services of declared pods surely holds, told without walking. A yes is what walks say; a no says
 * nothing.
 */
export function isSurelyKept(
  sources: readonly End[],
  target: Resolved,
  { by, told }: Pick<Intent & { verb: 'toReach' }, 'by' | 'told'>,
  network: Network,
): boolean {
  if (by === 'podIP' || (by === undefined && !target.named)) return false;
  if (target.node || target.component || target.byNodePort || !target.addresses.isEmpty || target.host !== undefined)
    return false;
  const targets = serviceTargets(network, target, told);
  if ('cause' in targets || targets.length === 0) return false;
  if (!isOnlyAnsweredBy(target, targets, network)) return false;
  return sources.every(
    (from) =>
      'pod' in from && targets.every(({ service, port }) => network.surelyUses(from.pod, service, port, by ?? 'name')),
  );
}

/** SVC-28: all that answer are promised, and each that is promised and serves answers. */
function isOnlyAnsweredBy(target: Resolved, targets: readonly ServiceTarget[], network: Network): boolean {
  const { pods } = target;
  if (pods.length === 0) return true;
  const answering = new Set<PodGroup>();
  for (const { service, port } of targets) {
    for (const pod of network.answering(service, port) ?? []) answering.add(pod);
  }
  if ([...answering].some((pod) => !pods.includes(pod))) return false;
  return pods.every((pod) => answering.has(pod) || containerPorts(pod, target).length === 0);
}
