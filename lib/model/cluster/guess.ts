import type { Missing } from '../finding/lint';
import { LabelSelector, type Requirement } from '../values/label-selector';
import type { Labels } from '../values/labels';
import { nearest } from '../values/nearest';
import type { PodGroup } from './workload';

/** Values that say too little to be taken for a label that has lost its key. */
const COMMONPLACE = /^(?:true|false|yes|no|enabled|disabled|\d+|v\d+)$/i;

/** Of shorter words every other one is near. */
const SHORTEST_WORD = 3;

/** The first requirement that none of the objects meets. */
export function culpritOf(selector: LabelSelector, objects: readonly Labels[]): Requirement | undefined {
  return selector.requirements.find((requirement) => {
    const alone = LabelSelector.of([requirement]);
    return objects.every((labels) => alone.match(labels) === 'no');
  });
}

/** What of a selector nobody carries, with the label that most likely was meant: one with which it would match. */
export function missingOf(selector: LabelSelector, objects: readonly Labels[]): Missing & { key?: string } {
  const culprit = culpritOf(selector, objects);
  if (!culprit) return {};
  const meant = candidates(culprit, objects).find((label) => helps(label, culprit, selector, objects));
  return {
    culprit: LabelSelector.of([culprit]).toString(),
    didYouMean: meant && `${meant.key}=${meant.value}`,
    key: culprit.key,
  };
}

/** The declared workloads whose pods surely carry what a selector asks for, wherever they are, e.g. `shop/db`. */
export function workloadsWith(selector: LabelSelector, pods: readonly PodGroup[]): readonly string[] {
  const found = pods.filter(({ provenance, labels }) => provenance === 'declared' && selector.match(labels) === 'yes');
  return [...new Set(found.map(({ namespace, workload }) => `${namespace.name}/${workload.name}`))].sort();
}

interface Label {
  readonly key: string;
  readonly value: string;
}

/** The likeliest first: a value near the one asked for, then its key misspelt, then the value under a key of another name. */
function candidates({ key, operator, values }: Requirement, objects: readonly Labels[]): readonly Label[] {
  const labels = objects.flatMap(({ known }) => [...known].map(([k, value]) => ({ key: k, value })));
  if (operator === 'Exists') {
    const meant = near(
      key,
      labels.map((label) => label.key),
    );
    return labels.filter((label) => label.key === meant);
  }
  if (operator !== 'In') return [];
  return values.flatMap((value): readonly Label[] => {
    const ofKey = labels.filter((label) => label.key === key).map((label) => label.value);
    const ofValue = labels.filter((label) => label.value === value);
    const misspelt = near(value, ofKey);
    const otherKey = near(
      key,
      ofValue.map((label) => label.key),
    );
    return [
      ...(misspelt === undefined ? [] : [{ key, value: misspelt }]),
      ...ofValue.filter((label) => label.key === otherKey),
      ...(COMMONPLACE.test(value) ? [] : ofValue),
    ];
  });
}

function near(word: string, words: readonly string[]): string | undefined {
  return word.length < SHORTEST_WORD ? undefined : nearest(word, [...new Set(words)].sort());
}

/** A guess is only told when the selector would match with it. */
function helps(label: Label, culprit: Requirement, selector: LabelSelector, objects: readonly Labels[]): boolean {
  const others = selector.requirements.filter((requirement) => requirement !== culprit);
  const amended = LabelSelector.of([...others, { key: label.key, operator: 'In', values: [label.value] }]);
  return objects.some((labels) => amended.match(labels) === 'yes');
}
