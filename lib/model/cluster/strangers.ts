import type { Resource } from '../manifest/resources';
import { LabelSelector } from '../values/label-selector';
import { closedLabels, type Labels } from '../values/labels';
import { NAMESPACE_NAME_LABEL, type Namespace, type Namespaces } from './namespaces';
import { type PodSelection, peerSelections } from './pod-selection';

/** One pod that no manifest declares but that a rule or a promise could mean. */
export interface Stranger {
  readonly selection: PodSelection;
  readonly namespace: Namespace;
  readonly labels: Labels;
}

/** The name that a namespace made elsewhere goes by where nothing pins its name. */
const SOME_NAMESPACE = '(another namespace)';

/**
 * The open universe: one representative pod for every peer selector of a rule and for every pod set that promises mention,
 * and one that carries no label in a namespace that nobody declared.
 */
export function strangersOf(
  resources: readonly Resource[],
  mentions: readonly PodSelection[],
  namespaces: Namespaces,
): readonly Stranger[] {
  const anybody: PodSelection = { pods: LabelSelector.everything, namespaces: LabelSelector.everything };
  const selections = new Map<string, PodSelection>();
  for (const selection of [anybody, ...peerSelections(resources), ...mentions]) {
    selections.set(`${selection.namespaces.key} / ${selection.pods.key}`, selection);
  }
  return [...selections.values()].flatMap((selection) => representativeOf(selection, namespaces) ?? []);
}

function representativeOf(selection: PodSelection, namespaces: Namespaces): Stranger | undefined {
  const labels = selection.pods.example();
  const namespace = representativeNamespace(selection.namespaces, namespaces);
  if (!labels || !namespace) return undefined;
  return { selection, namespace, labels: closedLabels(labels) };
}

function representativeNamespace(selector: LabelSelector, namespaces: Namespaces): Namespace | undefined {
  const example = selector.example();
  if (!example) return undefined;
  const name = example.get(NAMESPACE_NAME_LABEL);
  if (name === undefined || !pinsName(selector)) {
    return {
      name: SOME_NAMESPACE,
      labels: closedLabels(new Map([...example, [NAMESPACE_NAME_LABEL, SOME_NAMESPACE]])),
    };
  }
  const namespace = namespaces.get(name);
  if (namespace.declaredBy) return selector.match(namespace.labels) === 'yes' ? namespace : undefined;
  return { name, labels: closedLabels(example) };
}

function pinsName(selector: LabelSelector): boolean {
  return selector.requirements.some((r) => r.key === NAMESPACE_NAME_LABEL && r.operator === 'In');
}
