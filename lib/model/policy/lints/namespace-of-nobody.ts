import { blame } from '../../manifest/blame';
import { absenceOf } from './absence';
import type { LintRule } from './context';
import { allRules, requirementField, type Selecting, selectingPeers, subjectOf } from './places';

/** PTL133: a namespaceSelector sees the labels of Namespace objects only, and none that is declared carries these (NP-14). */
export const namespaceOfNobody: LintRule = (context) => {
  const selecting: readonly Selecting[] = [
    ...context.clusterPolicies.map(subjectOf),
    ...allRules(context).flatMap(selectingPeers),
  ];
  return selecting.flatMap(({ policy, selection, namespacesField: field }) => {
    if (field === undefined) return [];
    const absence = absenceOf(selection, context);
    if (absence?.of !== 'namespace') return [];
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
