import type { Answer, Share } from '../../model/ingress/routing';
import type { Network } from '../../model/network';
import type { ServiceShare } from '../../model/reach/url-verdict';
import type { Doubt } from '../../model/values/ternary';
import type { Checked } from '../checked';
import { tlsProblem } from '../diagnose-tls';
import { backendLabel, causeOfAnswer } from '../diagnose-url';
import type { UrlIntent } from '../intent';
import { type Resolved, resolveEndpoint, subjectLabel } from '../resolve';
import { routeDoubt, routesElsewhere, routesTo } from '../routes';
import { missingPort, podsBehind } from '../targets';
import { isShutToProxies, undeclaredBackends } from '../undeclared-backends';
import { type Aim, aimOf } from '../url-target';
import { endsOf } from '../ways';
import { broken, vacuous } from './results';
import {
  brokenAtRule,
  brokenUrl,
  isProxyOpen,
  keptUrl,
  notArriving,
  notEntering,
  openElsewhere,
  takenByNobody,
  type UrlCase,
  undecidedUrl,
  urlCase,
} from './url-results';

type ToRouteTo = UrlIntent & { verb: 'toRouteTo' };
type Case = UrlCase<ToRouteTo> & { readonly target: Resolved };

/** `expect(url(...)).toRouteTo(port)`: every request arrives there; and `not.toRouteTo`: none does, whichever answer it gets. */
export function checkToRouteTo(intent: ToRouteTo, network: Network): Checked {
  const target = resolveEndpoint(intent.backend, network.cluster);
  const subject = subjectLabel(intent.subject, network.cluster);
  if (target.nothing) return vacuous(intent, target, 'target', subject);
  const missing = missingPort(network, target) ?? noBackend(target);
  if (missing) return broken(intent, subject, target, missing);
  const one = { ...urlCase(intent, target, network), target };
  return intent.negated ? staysAway(one) : arrives(one);
}

/** Proxies forward to Services. */
function noBackend({ pods, services, strangers }: Resolved) {
  if (pods.length + services.length + strangers.length > 0) return undefined;
  return { code: 'PTL901' as const, role: 'target' as const, problem: 'no Service leads there' };
}

function arrives(one: Case): Checked {
  const { route, target, network } = one;
  const open = elsewhere(one);
  const isTaken = route.answers.some(({ type }) => type === 'forwards' || type === 'redirects');
  if (!isTaken && open.length > 0) return undecidedUrl(one, open);
  const nobody = takenByNobody(one);
  if (nobody) return nobody;
  const aims = route.answers.map((answer) => aimOfAnswer(answer, target, network));
  if (!aims.some((aim) => aim === 'all' || aim === 'open')) {
    if (isProxyOpen(one)) return undecidedUrl(one, route.doubts);
    const astray = route.answers[aims.indexOf('none')] ?? route.answers[0];
    return brokenAtRule(one, causeOfAnswer(astray, target, route, network));
  }
  const amiss = tlsProblem(one) ?? undefined;
  if (amiss) return brokenAtRule(one, amiss);
  const kept = notEntering(one) ?? notArriving(one);
  if (kept) return kept;
  const isCertain = route.taken !== undefined && aims.every((aim) => aim === 'all');
  if (isCertain && route.outcome === 'allowed') return keptUrl(one);
  return undecidedUrl(one, [...route.doubts, ...(aims.includes('open') ? [whoAnswers(one)] : [])]);
}

/** `some`: a part of the requests surely goes astray; `open`: behind the Service others may answer as well. */
type AnswerAim = Aim | 'open';

function aimOfAnswer(answer: Answer, target: Resolved, network: Network): AnswerAim {
  if (answer.type !== 'forwards') return 'none';
  const aims = answer.to.map((share) => aimOfShare(share, target, network));
  if (aims.every((aim) => aim === 'all')) return 'all';
  if (aims.every((aim) => aim === 'none')) return 'none';
  return aims.includes('none') ? 'some' : 'open';
}

function aimOfShare(share: Share, target: Resolved, network: Network): Aim {
  return 'service' in share ? aimOf(share, target, network) : 'none';
}

/** SVC-28: any one of a Service's backends answers. */
function whoAnswers({ target }: Case): Doubt {
  return {
    rule: 'SVC-28',
    wouldDecide: `a Service that sends to ${target.label} alone: behind this one others may answer too`,
  };
}

/** Kept where no answer that is possible leads there, or policies keep the proxy, or all clients, from it. */
function staysAway(one: Case): Checked {
  const { route, target, network } = one;
  const isThere = (each: Share): each is ServiceShare => 'service' in each && aimOf(each, target, network) !== 'none';
  const share = sharesOf(route.answers).find(isThere);
  const others = openElsewhere(one, (answer) => sharesOf([answer]).some(isThere));
  const open = [
    ...elsewhere(one),
    ...others.filter(({ rule }) => rule !== 'PTL302'),
    ...(mayLeadThere(one) || mayBeForwarded(one) ? route.doubts : []),
    ...(isUnserved(route.answers) ? undeclared(one) : []),
  ];
  if (!share) return open.length > 0 ? undecidedUrl(one, open) : keptUrl(one);
  const isCertain = route.answers.length === 1 && route.taken?.edge.doubts.length === 0;
  const isOut = isCertain && (route.entering === 'denied' || isKeptOut(one));
  if (isOut) return open.length > 0 ? undecidedUrl(one, open) : keptUrl(one);
  if (route.doubts.length > 0) return undecidedUrl(one, route.doubts);
  const rule = route.taken?.routed.rule;
  return brokenUrl(one, { cause: { code: 'PTL409', to: backendLabel(share), rule }, blame: rule?.origin });
}

/** ING-14: a Service that is declared elsewhere may lead to any pod of its namespace. */
function mayLeadThere({ route, target, network }: Case): boolean {
  const namespaces = new Set(podsBehind(network, target).map(({ namespace }) => namespace.name));
  return sharesOf(route.answers).some((share) => 'elsewhere' in share && namespaces.has(share.elsewhere.namespace));
}

/** Whether it may be for want of a Service that the proxy answers itself. */
function isUnserved(answers: readonly Answer[]): boolean {
  const isError = (each: object) => 'status' in each && Number(each.status) >= 500;
  return answers.some(isError) || sharesOf(answers).some(isError);
}

/** ING-14, GW-11: beside Services that are declared others may be declared elsewhere, and select the pods. */
function undeclared({ target, network }: Case): readonly Doubt[] {
  return podsBehind(network, target).flatMap((pod) => undeclaredBackends(pod, network));
}

/** ING-13: what the proxy is told, and nobody knows, may have it forward what it redirects or refuses, unless policies keep it away. */
function mayBeForwarded(one: Case): boolean {
  const { target, network } = one;
  return isProxyOpen(one) && podsBehind(network, target).some((pod) => !isShutToProxies(pod, network));
}

function sharesOf(answers: readonly Answer[]): readonly Share[] {
  return answers.flatMap((answer) => (answer.type === 'forwards' ? answer.to : []));
}

/** What other proxies than those that are modelled and declared might do with the request. */
function elsewhere({ target, network }: Case): readonly Doubt[] {
  return podsBehind(network, target).flatMap((pod) => [
    ...routesTo(pod, network).map(routeDoubt),
    ...routesElsewhere(pod, network),
  ]);
}

/** Whether policies keep the proxy from every pod that is meant, ready or not. */
function isKeptOut({ route, target, network }: Case): boolean {
  const edge = route.taken?.edge;
  const clients = endsOf(network, resolveEndpoint({ kind: 'internet' }, network.cluster));
  const pods = podsBehind(network, target);
  if (pods.length === 0) return false;
  return pods.every((pod) => {
    const own = network.offersTo(pod).filter((offer) => offer.edge === edge);
    return (
      own.length > 0 &&
      own.every((offer) => clients.every((client) => network.throughEdge(client, offer).outcome === 'denied'))
    );
  });
}
