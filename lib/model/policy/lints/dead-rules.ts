import { blame } from '../../manifest/blame';
import type { Direction } from '../language';
import type { LintRule } from './context';

/**
 * PTL137: rules of a direction that policyTypes does not list are never applied (NP-02). Rules that were to restrict
 * are an error; one that allows everything says no more than the lack of isolation does.
 */
export const deadRules: LintRule = ({ networkPolicies }) =>
  networkPolicies.flatMap((policy) =>
    (['ingress', 'egress'] satisfies Direction[]).flatMap((direction) => {
      const rules = policy[direction];
      if (policy.directions[direction] || rules.length === 0) return [];
      const allowsAll = rules.some(({ peers, ports }) => peers.length === 0 && ports.length === 0);
      return [
        {
          code: 'PTL137' as const,
          severity: allowsAll ? ('warning' as const) : ('error' as const),
          ...blame(policy, ['spec', direction]),
          direction,
          rules: rules.length,
          allowsAll,
        },
      ];
    }),
  );
