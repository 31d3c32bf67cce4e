import { LabelSelector, type Operator, type Requirement } from '../../values/label-selector';
import { labelKey, labelValue } from '../reader/names';
import type { Place } from '../reader/place';
import { emptyForNull, list, mapOf, mapped, object, only, type Reader } from '../reader/reader';
import { oneOf, textOrNull } from '../reader/scalars';

const OPERATORS: readonly Operator[] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** Labels by key; a value of `null` is the empty one. */
export const labels: Reader<ReadonlyMap<string, string>> = mapOf(emptyForNull(labelValue), labelKey);

export const annotations: Reader<ReadonlyMap<string, string>> = mapOf(textOrNull);

const requirement: Reader<Requirement> = only(
  object({ key: labelKey, operator: oneOf('an operator', OPERATORS, 'NP-13'), values: list(labelValue) }),
  ({ operator, values }) => (operator === 'In' || operator === 'NotIn') === values.length > 0,
  (parsed, place) => wrongNumberOfValues(parsed, place.at('values')),
);

/** `matchLabels` and `matchExpressions` together (NP-13); `{}` selects everything. */
export const labelSelector: Reader<LabelSelector> = mapped(
  object({ matchLabels: labels, matchExpressions: list(requirement) }),
  ({ matchLabels, matchExpressions }) => {
    const selector = LabelSelector.fromLabels(matchLabels);
    return matchExpressions.length === 0 ? selector : selector.and(LabelSelector.of(matchExpressions));
  },
);

function wrongNumberOfValues({ operator, values }: Requirement, place: Place) {
  return values.length === 0
    ? place.fault({
        code: 'PTL010',
        problem: `operator ${operator} stands without values`,
        expected: 'at least one value',
        rule: 'NP-13',
      })
    : place.fault({
        code: 'PTL010',
        problem: `operator ${operator} stands with values but asks for the key alone`,
        expected: 'no values',
        rule: 'NP-13',
        didYouMean: operator === 'Exists' ? 'In' : 'NotIn',
      });
}
