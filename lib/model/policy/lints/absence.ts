import { missingOf } from '../../cluster/guess';
import { NAMESPACE_NAME_LABEL } from '../../cluster/namespaces';
import type { PodSelection } from '../../cluster/pod-selection';
import type { Missing } from '../../finding/lint';
import type { LabelSelector } from '../../values/label-selector';
import { closedLabels } from '../../values/labels';
import { rememberedOf } from '../../values/remembered';
import type { LintContext } from './context';
import { peersOf, type Selecting, subjectsOf } from './places';

/** What a selection lacks: a namespace that it could mean, or a pod in one. */
export type Absence = Missing & {
  readonly of: 'namespace' | 'pod';
  /** How many there are that it could have been. */
  readonly among: number;
  /** The label key that nobody carries so. */
  readonly key?: string;
};

/** Every cluster has them, whatever is declared here; their labels are anybody's guess. */
const BUILT_IN = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

/** Labels of a namespace that nobody spoke of. */
const SOME_NAMESPACE = closedLabels({ [NAMESPACE_NAME_LABEL]: '(another namespace)' });

/** Whether also a namespace is meant of which only this is known, that it is none of those named. */
export function isBoundless(namespaces: LabelSelector): boolean {
  return namespaces.match(SOME_NAMESPACE) === 'yes';
}

export function isBuiltIn(namespace: string): boolean {
  return BUILT_IN.has(namespace);
}

/** A selection of a policy, and why it matches no declared pod. */
export interface Absent {
  readonly by: Selecting;
  readonly absence: Absence;
}

/** Selections of policies that match nobody, subjects first, then the peers of rules. */
export interface Strays {
  /** Those that could match, were there such pods. */
  readonly absent: readonly Absent[];
  /** Those that match nothing, whatever there is (NP-13). */
  readonly contradictory: readonly Selecting[];
}

/** Worked out once for all lints that tell of them: nearly always there is none. */
export const straysOf = rememberedOf((context: LintContext): Strays => {
  const absent: Absent[] = [];
  const contradictory: Selecting[] = [];
  for (const by of [...subjectsOf(context), ...peersOf(context)]) {
    const { selection } = by;
    if (context.plainlyTakesSome(selection)) continue;
    if (!selection.pods.isSatisfiable() || !selection.namespaces.isSatisfiable()) contradictory.push(by);
    else {
      const absence = absenceOf(selection, context);
      if (absence) absent.push({ by, absence });
    }
  }
  return { absent, contradictory };
});

/**
 * Why a selection matches no pod that is declared; `undefined` where it matches one or where it can't be judged:
 * pods in a namespace without declared pods are made elsewhere, and so are namespaces where none is declared.
 */
function absenceOf(selection: PodSelection, context: LintContext): Absence | undefined {
  const { pods, namespaces } = selection;
  const within = context.podsIn(namespaces);
  if (within.some((pod) => pods.match(pod.labels) !== 'no')) return undefined;
  const isNoNamespace =
    within.length === 0 && context.namespaces.every(({ labels }) => namespaces.match(labels) === 'no');
  if (isNoNamespace) return namespaceAbsence(namespaces, context);
  const sure = within.filter((pod) => namespaces.match(pod.namespace.labels) === 'yes');
  if (sure.length === 0) return undefined;
  const missing = missingOf(
    pods,
    sure.map(({ labels }) => labels),
  );
  // Where other namespaces are meant too, or only the pods that every cluster has are known, only a slip tells.
  const isOpen = isBoundless(namespaces) || sure.every(({ provenance }) => provenance === 'assumed');
  if (isOpen && missing.didYouMean === undefined) return undefined;
  return { of: 'pod', among: new Set(sure.map(({ workload }) => workload)).size, ...missing };
}

function namespaceAbsence(selector: LabelSelector, { namespaces }: LintContext): Absence | undefined {
  const declared = namespaces.filter(({ declaredBy }) => declaredBy);
  if (declared.length === 0) return undefined;
  const asks = selector.requirements.filter(({ operator }) => operator === 'In' || operator === 'Exists');
  if (asks.length === 0 || asks.some(({ values }) => values.some(isBuiltIn))) return undefined;
  const missing = missingOf(
    selector,
    declared.map(({ labels }) => labels),
  );
  const isAsked = asks.some(({ key }) => key === missing.key);
  // NP-13: `NotIn` speaks of namespaces that are not here. A namespace by its name is made elsewhere, unless it is a slip.
  if (missing.key !== undefined && !isAsked) return undefined;
  if (asks.some(({ key }) => key === NAMESPACE_NAME_LABEL) && missing.didYouMean === undefined) return undefined;
  return { of: 'namespace', among: declared.length, ...missing };
}
