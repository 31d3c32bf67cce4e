import { LabelSelector, type Operator, type Requirement } from '../../values/label-selector';
import { isObject, type Place } from '../reader/place';
import type { Scheduling } from '../resources';
import type { ApartFrom } from '../scheduling';
import type { Toleration } from '../taints';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const HOSTNAME = 'kubernetes.io/hostname';
const DEFAULT_SCHEDULER = 'default-scheduler';
const OPERATORS: ReadonlySet<unknown> = new Set<Operator>(['In', 'NotIn', 'Exists', 'DoesNotExist']);

type Fields = Readonly<Record<string, unknown>>;

/**
 * On which nodes a pod may run, and beside whom it does not. Read when somebody asks: few pods take a port of their node, and
 * what is of another type is the API server's to refuse.
 */
export function schedulingOf({ value }: Place): Scheduling {
  const spec = fieldsOf(value);
  const affinity = fieldsOf(spec.affinity);
  const { terms, isExact } = termsOf(affinity);
  const own = LabelSelector.fromLabels({
    ...textsOf(spec.nodeSelector),
    ...(typeof spec.nodeName === 'string' && spec.nodeName !== '' ? { 'metadata.name': spec.nodeName } : {}),
  });
  const tolerations = itemsOf(spec.tolerations).map(fieldsOf);
  const devices = devicesOf(spec);
  return {
    nodes: terms.map((term) => own.and(term)),
    isExact: isExact && devices.length === 0,
    apartFrom: itemsOf(fieldsOf(affinity.podAntiAffinity)[REQUIRED]).flatMap(apartFrom),
    tolerations: tolerations.map(tolerationText),
    tolerated: [...tolerations.map(tolerationOf), ...devices.map(deviceToleration)],
    isByDefault: [undefined, '', DEFAULT_SCHEDULER].includes(spec.schedulerName as string | undefined),
    toleratedKeys: tolerations
      .filter(({ effect = '' }) => effect === '' || effect === 'NoSchedule')
      .map(({ key }) => (typeof key === 'string' && key !== '' ? key : '*')),
  };
}

/** Any of them is enough; one that asks for nothing matches no node at all. */
function termsOf(affinity: Fields): { readonly terms: readonly LabelSelector[]; readonly isExact: boolean } {
  const required = fieldsOf(fieldsOf(affinity.nodeAffinity)[REQUIRED]);
  if (!('nodeSelectorTerms' in required)) return { terms: [LabelSelector.everything], isExact: true };
  const terms = itemsOf(required.nodeSelectorTerms).map((term) => {
    const { matchExpressions, matchFields } = fieldsOf(term);
    return [...itemsOf(matchExpressions), ...itemsOf(matchFields)].map(fieldsOf);
  });
  const asking = terms.filter((expressions) => expressions.length > 0);
  return {
    terms: asking.map((expressions) => LabelSelector.of(expressions.flatMap(requirementOf))),
    isExact: asking.flat().every(({ operator }) => OPERATORS.has(operator)),
  };
}

function requirementOf({ key, operator, values }: Fields): readonly Requirement[] {
  if (typeof key !== 'string' || !OPERATORS.has(operator)) return [];
  return [{ key, operator: operator as Operator, values: itemsOf(values).filter((each) => typeof each === 'string') }];
}

function apartFrom(term: unknown): readonly ApartFrom[] {
  const { topologyKey, labelSelector, namespaces, namespaceSelector, ...more } = fieldsOf(term);
  // Labels of namespaces, and keys of labels that controllers fill in, are left out: they keep fewer pods apart, or others.
  if (topologyKey !== HOSTNAME || !isObject(labelSelector) || isObject(namespaceSelector)) return [];
  if (itemsOf(more.matchLabelKeys).length > 0 || itemsOf(more.mismatchLabelKeys).length > 0) return [];
  const { matchLabels, matchExpressions } = labelSelector;
  const expressions = itemsOf(matchExpressions).map(fieldsOf).flatMap(requirementOf);
  const pods = LabelSelector.fromLabels(textsOf(matchLabels)).and(LabelSelector.of(expressions));
  const named = itemsOf(namespaces).filter((each) => typeof each === 'string');
  return [named.length > 0 ? { pods, namespaces: named } : { pods }];
}

function tolerationOf({ key, operator, value, effect, tolerationSeconds }: Fields): Toleration {
  return {
    key: textOr(key, ''),
    operator: textOr(operator, 'Equal'),
    value: textOr(value, ''),
    effect: textOr(effect, ''),
    isOpen: typeof tolerationSeconds === 'number',
  };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

/**
 * What the admission plugin ExtendedResourceToleration adds, where somebody switched it on: who asks for a device tolerates the
 * taint of its name that keeps others off, and none that evicts.
 */
function deviceToleration(key: string): Toleration {
  return { key, operator: 'Exists', value: '', effect: 'NoSchedule', isOpen: true };
}

function devicesOf(spec: Fields): readonly string[] {
  const containers = [...itemsOf(spec.containers), ...itemsOf(spec.initContainers)].map(fieldsOf);
  const asked = containers.flatMap(({ resources }) => {
    const { requests, limits } = fieldsOf(resources);
    return [...Object.keys(fieldsOf(requests)), ...Object.keys(fieldsOf(limits))];
  });
  return asked.filter((name) => name.includes('/'));
}

function tolerationText({ key = '', operator = 'Equal', value = '', effect = '' }: Fields): string {
  return JSON.stringify([key, operator, value, effect]);
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(fieldsOf(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
