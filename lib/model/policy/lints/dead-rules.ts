import type { Lint } from '../../finding/lint';
import { blame } from '../../manifest/blame';
import type { Direction } from '../language';
import type { LintRule } from './context';

/**
 * PTL137: rules of a direction that policyTypes does not list are never applied (NP-02). Rules that were to restrict
 * are an error; one that allows everything says no more than the lack of isolation does.
 */
export const deadRules: LintRule = ({ networkPolicies }) => {
  const lints: Lint[] = [];
  for (const policy of networkPolicies) {
    for (const direction of DIRECTIONS) {
      const rules = policy[direction];
      if (policy.directions[direction] || rules.length === 0) continue;
      const allowsAll = rules.some(({ peers, ports }) => peers.length === 0 && ports.length === 0);
      lints.push({
        code: 'PTL137',
        severity: allowsAll ? 'warning' : 'error',
        ...blame(policy, ['spec', direction]),
        direction,
        rules: rules.length,
        allowsAll,
      });
    }
  }
  return lints;
};

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];
