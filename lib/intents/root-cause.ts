import type { Origin } from '../model/finding/origin';
import type { RuleOrigin } from '../model/policy/language';
import type { PairVerdict, PolicyHop } from '../model/reach/verdict';
import { groupBy } from '../model/values/group-by';
import type { Broken } from './checked';
import { objectName } from './diagnose';

/** Promises that break for one root cause are one finding; the others are its `also`. */
export function groupByCause(broken: readonly Broken[]): readonly (readonly Broken[])[] {
  return [...groupBy(broken, (b) => rootOf(b) ?? b).values()];
}

/** What two promises share when they break for one reason; `undefined` where each is its own. */
function rootOf({ cause, intent, subject, target, example, blame }: Broken): string | undefined {
  const root = (...parts: readonly unknown[]) => [cause.code, ...parts].join(' ');
  switch (cause.code) {
    case 'PTL101':
      return root(missingRule(cause.stop), cause.onNodeNetwork);
    case 'PTL102':
      return root(cause.isolator ? ruleKey(cause.isolator) : cause.stop.at.namespace.name);
    case 'PTL103':
    case 'PTL106':
    case 'PTL107':
    case 'PTL111':
    case 'PTL112':
      return root(ruleKey(cause.miss.rule));
    case 'PTL104':
    case 'PTL113':
    case 'PTL114':
    case 'PTL701':
      return example && root(openingOf(example, LEAVING.has(cause.code) ? 'from' : 'to'), placeKey(blame));
    case 'PTL120':
      return example && root(cause.via, openingOf(example, 'to'), placeKey(blame));
    case 'PTL105':
      return root(ruleKey(cause.denial));
    case 'PTL110':
      return root(ruleKey(cause.policy));
    case 'PTL201':
    case 'PTL204':
    case 'PTL206':
      return root(cause.service, cause.port);
    case 'PTL202':
    case 'PTL205':
    case 'PTL207':
    case 'PTL208':
      return root(cause.service);
    case 'PTL203':
      return cause.told === undefined ? undefined : root(cause.told);
    case 'PTL301':
    case 'PTL303':
    case 'PTL304':
    case 'PTL305':
    case 'PTL306':
      return root(objectName(cause.lint.object));
    case 'PTL330':
      return root(cause.admitting.rule?.join('.'));
    case 'PTL332':
      return root(cause.stop.role, cause.stop.traffic);
    case 'PTL317':
      return root();
    case 'PTL302':
      return root(cause.kinds);
    case 'PTL402':
    case 'PTL403':
      return root(objectName(cause.lint.object), cause.lint.service, 'port' in cause.lint ? cause.lint.port : '');
    case 'PTL405':
      return cause.rule && root(objectName(cause.rule), cause.rule.index, target);
    case 'PTL501':
      return root(cause.pod);
    case 'PTL502':
      return root(cause.name);
    case 'PTL503':
    case 'PTL504':
      return root(cause.name, cause.leadsTo);
    case 'PTL702':
      return root(cause.hop, cause.leg);
    case 'PTL901':
      return root(cause.problem, cause.role === 'subject' ? subject : target);
    case 'PTL902':
      return root(cause.pivot.id);
    case 'PTL904':
      return root(...cause.doubts.map(({ rule, wouldDecide }) => `${rule} ${wouldDecide}`));
    default:
      return intent.verb === 'toReach' ? undefined : root(intent.id);
  }
}

/**
 * The rule that nobody wrote. One that lets more senders in is the same rule with more peers; each destination that a pod may
 * send to is a rule of its own.
 */
function missingRule({ hop, at, peer, traffic, decidedBy }: PolicyHop): string {
  const isolators = decidedBy.map(ruleKey).join();
  const where = `${at.namespace.name}/${at.workload.name}`;
  return `${hop} ${where} ${traffic} ${isolators} ${hop === 'egress-policy' ? peer : ''}`;
}

/** What is open for those who leave, rather than for those who enter. */
const LEAVING: ReadonlySet<string> = new Set(['PTL114', 'PTL701']);

/** What lets something through: the rule that allows it, or the end that no policy isolates. */
function openingOf({ hops, ...ends }: PairVerdict, end: 'from' | 'to'): string {
  const allowing = hops.flatMap((hop) => ('decidedBy' in hop && hop.decidedBy.length > 0 ? [hop.decidedBy[0]] : []));
  const rule = allowing.at(end === 'from' ? 0 : -1);
  return rule ? ruleKey(rule) : `open ${ends[end]}`;
}

function placeKey(blame: Origin | undefined): string {
  return JSON.stringify([blame?.construct, blame?.position]);
}

function ruleKey(rule: RuleOrigin): string {
  return `${rule.kind} ${rule.namespace}/${rule.name} ${rule.direction} ${rule.index ?? ''}`;
}
