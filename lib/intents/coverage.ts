import { NAMESPACE_NAME_LABEL } from '../model/cluster/namespaces';
import type { PodSelection } from '../model/cluster/pod-selection';
import type { PodGroup } from '../model/cluster/workload';
import type { Network } from '../model/network';
import { LabelSelector, opposite } from '../model/values/label-selector';

/** Whether every pod that a stranger stands for is one that some of the selections, taken together, mean. */
export function coversStranger(listed: readonly PodSelection[], stranger: PodGroup, network: Network): boolean {
  const selection = network.cluster.selectionOfStranger(stranger);
  if (!selection) return false;
  const { declaredBy, labels } = stranger.namespace;
  // What is known of a declared namespace is more than the selection asks of it.
  const here = declaredBy
    ? listed
        .filter(({ namespaces }) => namespaces.match(labels) === 'yes')
        .map(({ pods }) => ({ pods, namespaces: LabelSelector.everything }))
    : listed;
  const near = here.filter(
    ({ pods, namespaces }) => pods.intersects(selection.pods) && namespaces.intersects(selection.namespaces),
  );
  return near.length > 0 && isCovered({ ...selection, namespaces: selection.namespaces.and(NAMED) }, near);
}

/** NP-14: no namespace is without its name. */
const NAMED = LabelSelector.of([{ key: NAMESPACE_NAME_LABEL, operator: 'Exists', values: [] }]);

/** Whether whatever a selection means, some of the listed ones mean too. */
export function isCovered(selection: PodSelection, listed: readonly PodSelection[]): boolean {
  if (!selection.pods.isSatisfiable() || !selection.namespaces.isSatisfiable()) return true;
  const [first, ...rest] = listed;
  return first !== undefined && partsBeside(selection, first).every((part) => isCovered(part, rest));
}

/** What a selection means beside another: one part for each requirement that its pods may fail first. */
function partsBeside({ pods, namespaces }: PodSelection, other: PodSelection): readonly PodSelection[] {
  return [
    ...failing(namespaces, other.namespaces).map((part) => ({ pods, namespaces: part })),
    ...failing(pods, other.pods).map((part) => ({ pods: part, namespaces: namespaces.and(other.namespaces) })),
  ];
}

function failing(selector: LabelSelector, other: LabelSelector): readonly LabelSelector[] {
  return other.requirements.map((requirement, i) =>
    selector.and(LabelSelector.of([...other.requirements.slice(0, i), opposite(requirement)])),
  );
}
