import { groupOf } from '../manifest/api-group';
import type { OwnerReference, PodResource, Resource, WorkloadResource } from '../manifest/resources';

/** A workload as it stands in maps, with the declared Pods that are its own. */
export interface OwnedPods {
  readonly kind: string;
  readonly namespace: string;
  /**
   * `migrate-#2` for the second of those that are to be called `migrate-` and something, or that have one kind and name in
   * several APIs: no object has a name like that.
   */
  readonly name: string;
  /** What manifests call it. */
  readonly givenName: string;
  readonly resource?: WorkloadResource | PodResource;
  readonly pods: readonly PodResource[];
}

/**
 * Joins objects with their owners: in a dump of a live cluster a Deployment, its ReplicaSets and its Pods are one workload.
 * Pods take the owner's name and kind even where the owner is not in the input; pods of nobody keep their own.
 */
export function joinOwners(resources: readonly Resource[]): readonly OwnedPods[] {
  const workloads: WorkloadResource[] = [];
  const declared = new Map<string, WorkloadResource>();
  for (const resource of resources) {
    if (resource.type !== 'workload') continue;
    workloads.push(resource);
    declared.set(keyOf(resource.kind, resource.namespace, resource.name), resource);
  }
  const standing = new Map<string, Standing>();
  const stand: Stand = (kind, namespace, givenName, by) => {
    let name = givenName;
    let known = standing.get(keyOf(kind, namespace, name));
    for (let nth = 2; known && !isOne(known, by); nth++) {
      name = `${givenName}#${nth}`;
      known = standing.get(keyOf(kind, namespace, name));
    }
    const entry = known ?? { kind, namespace, name, givenName, resource: by.resource, group: by.group, pods: [] };
    standing.set(keyOf(kind, namespace, name), entry);
    return entry;
  };

  for (const workload of workloads) {
    if (!workload.owner || rootOf(workload, declared) === workload)
      stand(workload.kind, workload.namespace, workload.name, { resource: workload });
  }
  for (const resource of resources) {
    if (resource.type === 'pod') ownerOf(resource, declared, stand).pods.push(resource);
  }
  return [...standing.values()];
}

/** What tells objects of one kind and name apart. */
interface Identity {
  readonly resource?: OwnedPods['resource'];
  /** The API group of an owner that the input does not have, where the reference names it. */
  readonly group?: string;
}

type Standing = OwnedPods & Identity & { readonly pods: PodResource[] };
type Stand = (kind: string, namespace: string, name: string, by: Identity) => Standing;

/** The API server makes up the ends of generated names: objects that begin alike are none the less two. */
function isOne(known: Identity, by: Identity): boolean {
  return known.resource && by.resource ? known.resource === by.resource : isOneGroup(groupIn(known), groupIn(by));
}

function groupIn({ resource, group }: Identity): string | undefined {
  return resource ? groupOf(resource.apiVersion) : group;
}

/** Whether both may be of one API; the older group of workloads served the same objects. */
function isOneGroup(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other || [one, other].every((each) => WORKLOADS.has(each));
}

const WORKLOADS: ReadonlySet<string> = new Set(['apps', 'extensions']);

type Declared = ReadonlyMap<string, WorkloadResource>;

function ownerOf(pod: PodResource, declared: Declared, stand: Stand): Standing {
  const { owner, namespace } = pod;
  // A mirror pod of the kubelet is owned by its Node, which is no workload.
  if (!owner || owner.kind === 'Node') return stand('Pod', namespace, pod.name, { resource: pod });
  const inInput = declaredAs(owner, namespace, declared);
  if (!inInput) return stand(owner.kind === '' ? 'Pod' : owner.kind, namespace, owner.name, { group: owner.group });
  const root = rootOf(inInput, declared);
  return stand(root.kind, root.namespace, root.name, { resource: root });
}

function rootOf(workload: WorkloadResource, declared: Declared): WorkloadResource {
  const seen = new Set<WorkloadResource>();
  let current = workload;
  while (current.owner && !seen.has(current)) {
    seen.add(current);
    const next = declaredAs(current.owner, current.namespace, declared);
    if (!next) return current;
    current = next;
  }
  return current;
}

/** Other APIs have kinds called as the workloads of Kubernetes: a Job of Volcano is none of `batch`. */
function declaredAs(owner: OwnerReference, namespace: string, declared: Declared): WorkloadResource | undefined {
  const found = declared.get(keyOf(owner.kind, namespace, owner.name));
  return found && isOneGroup(owner.group, groupOf(found.apiVersion)) ? found : undefined;
}

function keyOf(kind: string, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}
