import type { PodResource, Resource, WorkloadResource } from '../manifest/resources';

/** A workload as it stands in maps, with the declared Pods that are its own. */
export interface OwnedPods {
  readonly kind: string;
  readonly namespace: string;
  /** `migrate-#2` for the second of those that are to be called `migrate-` and something: no object has a name like that. */
  readonly name: string;
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
  const stand = (kind: string, namespace: string, name: string, resource?: OwnedPods['resource']): Standing => {
    let own = name;
    let known = standing.get(keyOf(kind, namespace, own));
    // The API server makes up the ends of generated names: objects that begin alike are none the less two.
    for (let nth = 2; known?.resource && resource && known.resource !== resource; nth++) {
      own = `${name}#${nth}`;
      known = standing.get(keyOf(kind, namespace, own));
    }
    const entry = known ?? { kind, namespace, name: own, resource, pods: [] };
    standing.set(keyOf(kind, namespace, own), entry);
    return entry;
  };

  for (const workload of workloads) {
    if (!workload.owner || rootOf(workload, declared) === workload)
      stand(workload.kind, workload.namespace, workload.name, workload);
  }
  for (const resource of resources) {
    if (resource.type === 'pod') ownerOf(resource, declared, stand).pods.push(resource);
  }
  return [...standing.values()];
}

type Standing = OwnedPods & { readonly pods: PodResource[] };

function ownerOf(
  pod: PodResource,
  declared: ReadonlyMap<string, WorkloadResource>,
  stand: (kind: string, namespace: string, name: string, resource?: OwnedPods['resource']) => Standing,
): Standing {
  const owner = pod.owner;
  // A mirror pod of the kubelet is owned by its Node, which is no workload.
  if (!owner || owner.kind === 'Node') return stand('Pod', pod.namespace, pod.name, pod);
  const inInput = declared.get(keyOf(owner.kind, pod.namespace, owner.name));
  if (!inInput) return stand(owner.kind === '' ? 'Pod' : owner.kind, pod.namespace, owner.name);
  const root = rootOf(inInput, declared);
  return stand(root.kind, root.namespace, root.name, root);
}

function rootOf(workload: WorkloadResource, declared: ReadonlyMap<string, WorkloadResource>): WorkloadResource {
  const seen = new Set<WorkloadResource>();
  let current = workload;
  while (current.owner && !seen.has(current)) {
    seen.add(current);
    const next = declared.get(keyOf(current.owner.kind, current.namespace, current.owner.name));
    if (!next) return current;
    current = next;
  }
  return current;
}

function keyOf(kind: string, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}
