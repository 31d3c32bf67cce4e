import type { FabricLint } from '../../../../finding/fabric-lint';
import type { FieldPath } from '../../../../finding/origin';

/** Something that Calico can't do. */
export function refusal(field: FieldPath, option: string, problem: string, expected: string): FabricLint {
  return { code: 'PTL315', severity: 'error', field, option, problem, expected };
}
