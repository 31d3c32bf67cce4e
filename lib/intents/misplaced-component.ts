import type { Network } from '../model/network';
import type { Broken } from './checked';
import type { EndpointRef } from './endpoint';
import type { Intent } from './intent';
import { endpointsOf } from './promised-ends';
import { labelOf, subjectLabel } from './resolve';

/** What listens on nodes is only ever what others reach, or don't. */
export function misplacedComponent(intent: Intent, { cluster }: Network): Broken | undefined {
  const refs = endpointsOf(intent);
  if (!refs.some(isComponent)) return undefined;
  const isSubject = intent.subject.kind !== 'url' && isComponent(intent.subject);
  const isPlaced =
    intent.verb === 'toReach' && !isSubject && !refs.some((ref) => ref.kind !== 'component' && isComponent(ref));
  if (isPlaced) return undefined;
  const problem = isSubject
    ? 'it is what others reach on nodes: promise `expect(x).toReach(...)` or `.not.toReach(...)` of who sends'
    : 'what listens on nodes is a target of `toReach` and `not.toReach` alone, and has its own ports';
  const role = isSubject ? 'subject' : 'target';
  const { label: subject } = subjectLabel(intent.subject, cluster);
  const { label: target } = labelOf(refs.slice(1), cluster);
  return { kept: false, intent, subject, target, cause: { code: 'PTL901', role, problem }, offenders: [] };
}

function isComponent(ref: EndpointRef): boolean {
  return ref.kind === 'component' || ((ref.kind === 'port' || ref.kind === 'nodePort') && isComponent(ref.of));
}
