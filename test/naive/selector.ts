import type { LabelExpression, Labels, Selector } from './manifests';

/** NP-13: all requirements hold. */
export function selects(selector: Selector, labels: Labels): boolean {
  return (
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
    (selector.matchExpressions ?? []).every((expression) => holds(expression, labels))
  );
}

/** NP-13: `NotIn` and `DoesNotExist` hold without the key too. */
function holds({ key, operator, values = [] }: LabelExpression, labels: Labels): boolean {
  const value: string | undefined = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}
