import type { LintRule } from './context';
import { nameOf } from './places';

/** PTL138: without policyTypes an empty list of egress rules is no list at all (NP-01). */
export const ignoredEmptyEgress: LintRule = ({ networkPolicies }) =>
  networkPolicies
    .filter(({ ignoresEmptyEgress }) => ignoresEmptyEgress)
    .map((policy) => {
      const field = ['spec', 'egress'];
      const origin = policy.originOf(field);
      return { code: 'PTL138', severity: 'warning', object: nameOf(policy), field, origin };
    });
