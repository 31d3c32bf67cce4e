import type { PodGroup } from '../../model/cluster/workload';
import type { PodContainer } from '../../model/manifest/resources';
import type { Network } from '../../model/network';
import { labelOf as labelOfEnd } from '../../model/reach/policy-hops';
import type { PairVerdict } from '../../model/reach/verdict';
import type { Doubt } from '../../model/values/ternary';
import type { Broken } from '../checked';
import { containerOf, runningIn } from '../containers';
import type { Diagnosis } from '../diagnosis';
import type { EndpointRef } from '../endpoint';
import type { Intent, ReachBy } from '../intent';
import { endpointsOf } from '../promised-ends';
import { labelOf, type Resolved, resolveEndpoint } from '../resolve';
import { containerPorts } from '../targets';
import { broken } from './results';

const HAS_NO_NETWORK =
  'a container has no network of its own, so that promises of this kind are about its pod: name the app (NET-07)';

/**
 * NET-07: who else gets to a container, or where else it gets to, is so for all of its pod. Only what one end does to the other,
 * and which names it finds, can be said of a container.
 */
export function refusedContainer(intent: Intent, network: Network): Broken | undefined {
  if (intent.verb === 'toReach') return undefined;
  const refused = endpointsOf(intent).find(
    (ref) => isContainer(ref) && !(intent.verb === 'toResolve' && ref === intent.subject),
  );
  if (!refused) return undefined;
  const role = refused === intent.subject ? 'subject' : 'target';
  const cause = { code: 'PTL901' as const, role: role as 'subject' | 'target', problem: HAS_NO_NETWORK };
  const others = endpointsOf(intent).filter((ref) => ref !== intent.subject);
  const { cluster } = network;
  const subject =
    intent.subject.kind === 'url' ? { label: intent.subject.url } : resolveEndpoint(intent.subject, cluster);
  return broken(intent, subject, labelOf(role === 'target' ? [refused] : others, cluster), cause);
}

function isContainer(ref: EndpointRef): boolean {
  return ref.kind === 'container' || ('of' in ref && isContainer(ref.of));
}

/** Whether the promise is about the way within a pod: the target is a container of it, and nobody asked for another way. */
export function isWithin(pod: PodGroup, target: Resolved, by: ReachBy | undefined): boolean {
  return target.container !== undefined && (by === undefined || by === 'podIP') && target.pods.includes(pod);
}

/** Containers of a workload speak with those of their own pod, not with those of its other replicas. */
export function beyondOwn(pod: PodGroup, target: Resolved): Resolved {
  return { ...target, pods: target.pods.filter(({ workload }) => workload !== pod.workload) };
}

/** NET-07, NP-31: the ways of a container, or of any in the pod, to another one by localhost, which no policy can block. */
export function pairsByLocalhost(
  pod: PodGroup,
  subject: Resolved,
  target: Resolved,
): readonly (PairVerdict | Diagnosis)[] {
  const absent = absentAt(pod, subject, target);
  if (absent) return [absent];
  return containerPorts(pod, target).map((dialled): PairVerdict | Diagnosis => {
    const doubt = listeningDoubt(pod, target.container!, `${dialled.port}/${dialled.protocol}`);
    if (doubt) return { cause: { code: 'PTL904', doubts: [doubt] }, blame: pod.workload.origin };
    const label = labelOfEnd({ pod });
    return { from: label, to: label, source: pod, target: pod, outcome: 'allowed', hops: [], doubts: [] };
  });
}

/** Why a promise that containers of a pod are kept apart can't hold; `undefined` where the pod has nobody else in it. */
export function inseparable(pod: PodGroup, subject: Resolved, target: Resolved): Diagnosis | undefined {
  const others = runningIn(pod).filter(({ name }) => name !== target.container);
  const isItself = subject.container === target.container || (subject.container === undefined && others.length === 0);
  if (isItself) return undefined;
  return absentAt(pod, subject, target) ?? { cause: { code: 'PTL104', inPod: true }, blame: pod.workload.origin };
}

/** SVC-07: an init container that runs to its end is gone when the others start, and listens to nobody. */
function absentAt(pod: PodGroup, subject: Resolved, target: Resolved): Diagnosis | undefined {
  const all = pod.containers?.() ?? [];
  const named = (name: string | undefined) => all.findIndex((container) => container.name === name);
  const [from, to] = [named(subject.container), named(target.container)];
  if (all[to]?.role === 'init') return gone('target', all[to], pod);
  if (all[from]?.role !== 'init') return undefined;
  // Sidecars start in the order of the list, so that those before it are there.
  return all[to]?.role === 'sidecar' && to < from ? undefined : gone('subject', all[from], pod);
}

function gone(role: 'subject' | 'target', { name }: PodContainer, pod: PodGroup): Diagnosis {
  const problem = `\`${name}\` is an init container, which has run to its end when the other one starts (SVC-07)`;
  return { cause: { code: 'PTL901', role, problem }, blame: pod.workload.origin };
}

/** NET-07: who listens on a port of the pod is known by what its containers declare, and they need not declare it. */
function listeningDoubt(pod: PodGroup, name: string, port: string): Doubt | undefined {
  const declaring = runningIn(pod).filter(({ ports }) => ports.map(portText).includes(port));
  const names = declaring.map((container) => `\`${container.name}\``);
  const declares = declaring.some((container) => container.name === name);
  if (declares && declaring.length === 1) return undefined;
  const wouldDecide = declares
    ? `which of ${names.join(' and ')} listens on ${port}, as only one of them can: all declare it`
    : `\`containerPort\` ${port} of container \`${name}\`, which declares ${declaredText(pod, name)}${names.length > 0 ? `, while ${names.join(' and ')} declares it` : ''}`;
  return { rule: 'NET-07', wouldDecide };
}

function declaredText(pod: PodGroup, name: string): string {
  const ports = containerOf(pod, name)?.ports.map(portText) ?? [];
  return ports.length === 0 ? 'no port' : `${ports.join(', ')} only`;
}

function portText({ port, protocol }: { readonly port: number; readonly protocol: string }): string {
  return `${port}/${protocol}`;
}
