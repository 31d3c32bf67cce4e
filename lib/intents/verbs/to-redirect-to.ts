import type { Answer } from '../../model/ingress/routing';
import type { Network } from '../../model/network';
import type { Checked } from '../checked';
import { tlsProblem } from '../diagnose-tls';
import { causeOfAnswer } from '../diagnose-url';
import type { UrlIntent } from '../intent';
import {
  brokenAtRule,
  brokenUrl,
  isProxyOpen,
  keptUrl,
  notEntering,
  openElsewhere,
  takenByNobody,
  type UrlCase,
  undecidedUrl,
  urlCase,
} from './url-results';

type ToRedirectTo = UrlIntent & { verb: 'toRedirectTo' };

/** `expect(url(...)).toRedirectTo(location)`: whichever answer it is says so; and `not.toRedirectTo`: none does. */
export function checkToRedirectTo(intent: ToRedirectTo, network: Network): Checked {
  const one = urlCase(intent, { label: intent.location }, network);
  return intent.negated ? staysAway(one) : redirects(one);
}

function redirects(one: UrlCase<ToRedirectTo>): Checked {
  const { route, network } = one;
  const nobody = takenByNobody(one);
  if (nobody) return nobody;
  const wrong = route.answers.filter((answer) => !isMeant(answer, one));
  if (wrong.length > 0 && isProxyOpen(one)) return undecidedUrl(one, route.doubts);
  if (wrong.length === route.answers.length)
    return brokenAtRule(one, causeOfAnswer(wrong[0], undefined, route, network));
  const amiss = tlsProblem(one);
  if (amiss) return brokenAtRule(one, amiss);
  const shut = notEntering(one);
  if (shut) return shut;
  return wrong.length === 0 && route.outcome === 'allowed' ? keptUrl(one) : undecidedUrl(one, route.doubts);
}

function staysAway(one: UrlCase<ToRedirectTo>): Checked {
  const { route, intent } = one;
  if (!route.answers.some((answer) => isMeant(answer, one)) || isShut(one)) {
    const others = openElsewhere(one, (answer) => isMeant(answer, one));
    const open = [...others, ...(isProxyOpen(one) && !isShut(one) ? route.doubts : [])];
    return open.length > 0 ? undecidedUrl(one, open) : keptUrl(one);
  }
  if (route.outcome === 'unknown') return undecidedUrl(one, route.doubts);
  const rule = route.taken?.routed.rule;
  return brokenUrl(one, { cause: { code: 'PTL409', to: intent.location, rule }, blame: rule?.origin });
}

function isShut({ route: { entering } }: UrlCase): boolean {
  return entering === 'denied';
}

function isMeant(answer: Answer, { intent }: UrlCase<ToRedirectTo>): boolean {
  return answer.type === 'redirects' && answer.location === intent.location;
}
