import type { RuleOrigin } from '../model/policy/language';
import { groupBy } from '../model/values/group-by';
import type { Broken } from './checked';

/** Promises that break for one root cause are one finding; the others are its `also`. */
export function groupByCause(broken: readonly Broken[]): readonly (readonly Broken[])[] {
  return [...groupBy(broken, (b) => rootOf(b) ?? b).values()];
}

/** What two promises share when they break for one reason; `undefined` where each is its own. */
function rootOf({ cause, intent }: Broken): string | undefined {
  switch (cause.code) {
    case 'PTL102':
      return `PTL102 ${cause.isolator ? ruleKey(cause.isolator) : cause.stop.at.namespace.name}`;
    case 'PTL103':
    case 'PTL106':
    case 'PTL107':
    case 'PTL111':
    case 'PTL112':
      return `${cause.code} ${ruleKey(cause.miss.rule)}`;
    case 'PTL105':
      return `PTL105 ${ruleKey(cause.denial)}`;
    case 'PTL110':
      return `PTL110 ${ruleKey(cause.policy)}`;
    case 'PTL201':
      return `PTL201 ${cause.service} ${cause.port}`;
    case 'PTL202':
    case 'PTL205':
      return `${cause.code} ${cause.service}`;
    case 'PTL502':
      return `PTL502 ${cause.name}`;
    case 'PTL207':
    case 'PTL208':
      return `${cause.code} ${cause.service}`;
    case 'PTL203':
      return cause.told === undefined ? undefined : `PTL203 ${cause.told}`;
    case 'PTL503':
      return cause.isAlias ? `PTL503 ${cause.name}` : undefined;
    case 'PTL204':
      return `PTL204 ${cause.service} ${cause.port}`;
    case 'PTL302':
      return `PTL302 ${cause.kinds.join()}`;
    case 'PTL301':
      return 'PTL301';
    case 'PTL902':
      return `PTL902 ${cause.pivot.id}`;
    default:
      return intent.verb === 'toReach' ? undefined : `${cause.code} ${intent.id}`;
  }
}

function ruleKey(rule: RuleOrigin): string {
  return `${rule.kind} ${rule.namespace}/${rule.name} ${rule.direction} ${rule.index ?? ''}`;
}
