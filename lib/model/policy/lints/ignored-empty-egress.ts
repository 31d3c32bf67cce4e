import { blame } from '../../manifest/blame';
import type { LintRule } from './context';

/** PTL138: without policyTypes an empty list of egress rules is no list at all (NP-01). */
export const ignoredEmptyEgress: LintRule = ({ networkPolicies }) =>
  networkPolicies
    .filter(({ ignoresEmptyEgress }) => ignoresEmptyEgress)
    .map((policy) => ({ code: 'PTL138', severity: 'warning', ...blame(policy, ['spec', 'egress']) }));
