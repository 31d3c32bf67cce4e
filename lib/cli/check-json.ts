import type { CheckReport } from '../intents/check';
import type { Acknowledgement, Assumption } from '../intents/waivers';
import { findingJson, keptJson } from './finding-json';
import { lintsJson } from './lint-json';

/** What `check -o json` writes; `schemas/check.schema.json` describes it. */
export function checkJson({ findings, kept, lints, acknowledged, assumed, idle }: CheckReport): object {
  const told = [...findings, ...lints];
  const errors = told.filter(({ severity }) => severity === 'error').length;
  return {
    findings: findings.map(findingJson),
    kept: kept.map(keptJson),
    acknowledged: acknowledged.map(({ code, id, by }) => ({ code, id, reason: by.reason })),
    assumed: assumed.map(waiverJson),
    idle: idle.map(waiverJson),
    lints: lintsJson(lints),
    errors,
    warnings: told.length - errors,
  };
}

function waiverJson(waiver: Acknowledgement | Assumption): object {
  return 'fact' in waiver ? { fact: waiver.fact, because: waiver.because } : { id: waiver.id, reason: waiver.reason };
}
