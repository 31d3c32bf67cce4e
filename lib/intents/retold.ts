import type { Lint, LintCode } from '../model/finding/lint';
import type { RuleOrigin } from '../model/policy/language';
import type { Broken } from './checked';
import { isPolicy } from './diagnose';
import { missesOf } from './diagnose-near-rule';
import type { PromiseCode } from './finding';
import { toldOfBackends } from './retold-backends';

/** What a finding about a promise tells of an object, a lint would tell of the object alone. */
const SAME: Readonly<Partial<Record<PromiseCode, readonly LintCode[]>>> = {
  PTL102: ['PTL534'],
  PTL103: ['PTL135'],
  PTL104: ['PTL143'],
  PTL106: ['PTL139'],
  PTL107: ['PTL131'],
  PTL110: ['PTL130'],
  PTL111: ['PTL131'],
  PTL112: ['PTL133'],
  PTL202: ['PTL230', 'PTL232'],
  PTL204: ['PTL231'],
  PTL301: ['PTL301'],
  PTL303: ['PTL303'],
  PTL304: ['PTL304'],
  PTL305: ['PTL305'],
  PTL306: ['PTL306'],
};

/** Lints without those that a broken promise has told already: its root cause is one, and is told once. */
export function withoutRetold(lints: readonly Lint[], broken: readonly Broken[]): readonly Lint[] {
  const told = new Set(broken.flatMap(toldBy));
  const backends = new Set(broken.flatMap((each) => toldOfBackends(each, lints)));
  if (told.size + backends.size === 0) return lints;
  return lints.filter((lint) => !told.has(`${lint.code} ${nameOf(lint.object)}`) && !backends.has(lint));
}

function toldBy(broken: Broken): readonly string[] {
  const twins = SAME[broken.cause.code] ?? [];
  return twins.flatMap((twin) => objectsOf(broken).map((name) => `${twin} ${name}`));
}

/** The objects to mend, as `namespace/name`. */
function objectsOf({ cause, example }: Broken): readonly string[] {
  switch (cause.code) {
    case 'PTL102':
      return cause.stop.decidedBy.map(nameOf);
    case 'PTL104':
      return cause.allPorts ? (example?.hops ?? []).filter(isPolicy).flatMap((hop) => hop.decidedBy.map(nameOf)) : [];
    case 'PTL106':
      return missesOf(example, 'traffic').map(({ miss }) => nameOf(miss.rule));
    case 'PTL107':
      return missesOf(example, 'peer').map(({ miss }) => nameOf(miss.rule));
    case 'PTL103':
    case 'PTL111':
    case 'PTL112':
      return [nameOf(cause.miss.rule)];
    case 'PTL110':
      return [nameOf(cause.policy)];
    case 'PTL202':
    case 'PTL204':
      return [cause.service];
    case 'PTL301':
    case 'PTL303':
    case 'PTL304':
    case 'PTL305':
    case 'PTL306':
      return [nameOf(cause.lint.object)];
    default:
      return [];
  }
}

function nameOf({ namespace, name }: Pick<RuleOrigin, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}
