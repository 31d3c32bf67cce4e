import type { NetworkPolicyPeer, Resource, SelectedPods } from '../manifest/resources';
import { LabelSelector } from '../values/label-selector';
import { NAMESPACE_NAME_LABEL } from './namespaces';

/** Pods by labels in namespaces by labels: the common form of policy peers and of promises about pods elsewhere. */
export interface PodSelection {
  readonly pods: LabelSelector;
  readonly namespaces: LabelSelector;
}

/**
 * The selection that a policy means by a peer (NP-10, NP-11).
 * @param home the policy's own namespace (see `inNamespace`)
 */
export function selectionOf(peer: NetworkPolicyPeer & { type: 'pods' }, home: LabelSelector): PodSelection {
  return {
    pods: peer.podSelector ?? LabelSelector.everything,
    namespaces: peer.namespaceSelector ?? home,
  };
}

export function selectionOfBoth({ podSelector, namespaceSelector }: SelectedPods): PodSelection {
  return { pods: podSelector, namespaces: namespaceSelector };
}

/** NP-14: a namespace by its name label. */
export function inNamespace(name: string): LabelSelector {
  let selector = BY_NAME.get(name);
  if (!selector) {
    selector = LabelSelector.fromLabels({ [NAMESPACE_NAME_LABEL]: name });
    BY_NAME.set(name, selector);
  }
  return selector;
}

/** Every rule of every policy means some namespace, and there are few of them. */
const BY_NAME = new Map<string, LabelSelector>();

/** In words, e.g. `pods with app=backup in namespace ops`; `any pod` for all of them. */
export function selectionText({ pods, namespaces }: PodSelection): string {
  if (pods.isEverything && namespaces.isEverything) return 'any pod';
  return `${pods.isEverything ? 'any pod' : `pods with ${pods}`} in ${namespacesText(namespaces)}`;
}

function namespacesText(namespaces: LabelSelector): string {
  if (namespaces.isEverything) return 'any namespace';
  const [only, ...others] = namespaces.requirements;
  const isByName = others.length === 0 && only.key === NAMESPACE_NAME_LABEL && only.operator === 'In';
  if (!isByName) return `namespaces with ${namespaces}`;
  return only.values.length === 1 ? `namespace ${only.values[0]}` : `namespaces ${only.values.join(', ')}`;
}

/** Every selection of pods that some rule of a policy has for its peer. */
export function peerSelections(resources: readonly Resource[]): readonly PodSelection[] {
  const selections: PodSelection[] = [];
  for (const resource of resources) {
    if (resource.type === 'networkPolicy') {
      const home = inNamespace(resource.namespace);
      for (const rules of [resource.ingress, resource.egress]) {
        for (const { peers } of rules)
          for (const peer of peers) if (peer.type === 'pods') selections.push(selectionOf(peer, home));
      }
    } else if (resource.type === 'clusterPolicy') {
      for (const { peers } of [...resource.ingress, ...resource.egress]) {
        for (const peer of peers) if (peer.type === 'pods') selections.push(selectionOfBoth(peer));
      }
    }
  }
  return selections;
}
