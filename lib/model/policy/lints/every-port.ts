import { workloadLabel } from '../../cluster/workload';
import { blame } from '../../manifest/blame';
import type { LintRule } from './context';
import { destinationsOf } from './destinations';
import { networkRules } from './places';

/**
 * PTL143: an empty list of ports opens all of them (NP-07). Whoever leaves the list out means that; one that is there and
 * empty was most likely made from the ports that pods declare, where these declare none.
 */
export const everyPort: LintRule = (context) =>
  networkRules(context).flatMap((placed) => {
    const { rule, direction, policy } = placed;
    if (!rule.hasEmptyPorts) return [];
    const { pods, isOpen, onlyAddresses } = destinationsOf(placed, context);
    const isOfNone = pods.length > 0 && pods.every(({ ports }) => ports.length === 0);
    if (isOpen || onlyAddresses || !isOfNone) return [];
    const workloads = [...new Set(pods.map(({ workload }) => workloadLabel(workload)))].sort();
    const place = blame(policy, [...rule.field, 'ports']);
    return [{ code: 'PTL143' as const, severity: 'warning' as const, ...place, direction, workloads }];
  });
