import type { FabricLint } from '../../finding/fabric-lint';
import type { FieldPath } from '../../finding/origin';

/** PTL315: something that a plugin can't do, or does otherwise than its option says. */
export function refusal(
  field: FieldPath,
  option: string,
  problem: string,
  expected: string,
  severity: FabricLint['severity'] = 'error',
): FabricLint {
  return { code: 'PTL315', severity, field, option, problem, expected };
}
