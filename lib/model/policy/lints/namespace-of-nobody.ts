import { blame } from '../../manifest/blame';
import { straysOf } from './absence';
import type { LintRule } from './context';
import { requirementField } from './places';

/** PTL133: a namespaceSelector sees the labels of Namespace objects only, and none that is declared carries these (NP-14). */
export const namespaceOfNobody: LintRule = (context) => {
  return straysOf(context).absent.flatMap(({ by: { policy, selection, namespacesField: field }, absence }) => {
    // A policy's own namespace is no selector of its.
    if (field === undefined || absence.of !== 'namespace') return [];
    const { among, culprit, didYouMean, key } = absence;
    const requirement = selection.namespaces.requirements.find((each) => each.key === key);
    return [
      {
        code: 'PTL133' as const,
        severity: 'warning' as const,
        ...blame(policy, field, requirementField(field, requirement)),
        selector: selection.namespaces.toString(),
        namespaces: among,
        culprit,
        didYouMean,
      },
    ];
  });
};
