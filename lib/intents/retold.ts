import type { Lint, LintCode } from '../model/finding/lint';
import type { Broken } from './checked';
import type { PromiseCode } from './finding';

/** What a finding about a promise tells of an object, a lint would tell of the object alone. */
const SAME: Readonly<Partial<Record<PromiseCode, LintCode>>> = {
  PTL102: 'PTL534',
  PTL103: 'PTL135',
  PTL110: 'PTL130',
  PTL111: 'PTL131',
  PTL112: 'PTL133',
  PTL202: 'PTL230',
  PTL204: 'PTL231',
};

/** Lints without those that a broken promise has told already: its root cause is one, and is told once. */
export function withoutRetold(lints: readonly Lint[], broken: readonly Broken[]): readonly Lint[] {
  const told = new Set(broken.flatMap(({ cause }) => toldBy(cause)));
  if (told.size === 0) return lints;
  return lints.filter(({ code, object }) => !told.has(`${code} ${object.namespace}/${object.name}`));
}

function toldBy(cause: Broken['cause']): readonly string[] {
  const twin = SAME[cause.code];
  if (!twin) return [];
  return objectsOf(cause).map((name) => `${twin} ${name}`);
}

/** The objects to mend, as `namespace/name`. */
function objectsOf(cause: Broken['cause']): readonly string[] {
  switch (cause.code) {
    case 'PTL102':
      return cause.stop.decidedBy.map(({ namespace, name }) => `${namespace}/${name}`);
    case 'PTL103':
    case 'PTL111':
    case 'PTL112':
      return [`${cause.miss.rule.namespace}/${cause.miss.rule.name}`];
    case 'PTL110':
      return [`${cause.policy.namespace}/${cause.policy.name}`];
    case 'PTL202':
    case 'PTL204':
      return [cause.service];
    default:
      return [];
  }
}
