import type { Cluster } from '../model/cluster/cluster';
import type { Candidate, FixContext } from './candidate';
import type { Broken } from './checked';
import type { EndpointRef, SubjectRef } from './endpoint';
import type { Cause } from './finding';
import { rewordPromise } from './fix-words';
import type { Intent } from './intent';
import { resolveEndpoint } from './resolve';

/** A promise about what there is, where the name of what there is not is a slip. */
export function nameTheEnd(
  broken: Broken,
  { role, didYouMean }: Cause & { code: 'PTL901' },
  { network }: FixContext,
): readonly Candidate[] {
  const { intent } = broken;
  if (didYouMean === undefined) return [];
  const renamed = (ref: EndpointRef) =>
    isIt(ref, broken[role], network.cluster) ? called(didYouMean, ref, network.cluster) : ref;
  const reworded = role === 'subject' ? withSubject(intent, renamed) : withTargets(intent, renamed);
  if (JSON.stringify(reworded) === JSON.stringify(intent)) return [];
  return rewordPromise(broken, 'name what there is', reworded);
}

function isIt(ref: EndpointRef, label: string, cluster: Cluster): boolean {
  return resolveEndpoint(ref, cluster).label === label;
}

/** The part of a reference that nothing stands for, by another name. */
function called(name: string, ref: EndpointRef, cluster: Cluster): EndpointRef {
  switch (ref.kind) {
    case 'namespace':
    case 'node':
      return { ...ref, name };
    case 'object': {
      const [namespace, own] = name.split('/');
      return own === undefined ? ref : { ...ref, namespace, name: own };
    }
    case 'port':
    case 'nodePort':
      return isNothing(ref.of, cluster) ? { ...ref, of: called(name, ref.of, cluster) } : { ...ref, port: name };
    case 'container':
      return isNothing(ref.of, cluster) ? { ...ref, of: called(name, ref.of, cluster) } : { ...ref, name };
    default:
      return ref;
  }
}

function isNothing(ref: EndpointRef, cluster: Cluster): boolean {
  return resolveEndpoint(ref, cluster).nothing !== undefined;
}

type Renaming = (ref: EndpointRef) => EndpointRef;

function withSubject(intent: Intent, renamed: Renaming): Intent {
  const subject: SubjectRef = intent.subject;
  return subject.kind === 'url' ? intent : ({ ...intent, subject: renamed(subject) } as Intent);
}

function withTargets(intent: Intent, renamed: Renaming): Intent {
  switch (intent.verb) {
    case 'toReach':
    case 'toReachOnly':
      return { ...intent, targets: intent.targets.map(renamed) };
    case 'toBeExposedTo':
      return { ...intent, zone: renamed(intent.zone) };
    case 'toPassThrough':
      return { ...intent, hop: renamed(intent.hop), onTheWayTo: renamed(intent.onTheWayTo) };
    case 'toRouteTo':
      return { ...intent, backend: renamed(intent.backend) };
    case 'toResolve':
      return intent.to ? { ...intent, to: renamed(intent.to) } : intent;
    default:
      return intent;
  }
}
