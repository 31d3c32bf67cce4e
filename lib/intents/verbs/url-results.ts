import type { Answer } from '../../model/ingress/routing';
import type { Network } from '../../model/network';
import { foreignRoutes } from '../../model/reach/foreign-routes';
import type { UrlVerdict } from '../../model/reach/url-verdict';
import type { PairVerdict } from '../../model/reach/verdict';
import { type Doubt, distinctDoubts } from '../../model/values/ternary';
import type { Broken, Kept } from '../checked';
import { causeOf } from '../diagnose';
import { causeOfServiceStop } from '../diagnose-service';
import { proxyOf } from '../diagnose-url';
import type { Diagnosis } from '../diagnosis';
import type { UrlRef } from '../endpoint';
import type { UrlIntent } from '../intent';
import { subjectLabel } from '../resolve';
import { broken, kept } from './results';

/** A promise about a URL, with what becomes of the request. */
export interface UrlCase<I extends UrlIntent = UrlIntent> {
  readonly intent: I;
  readonly subject: { readonly label: string };
  readonly target: { readonly label: string };
  readonly route: UrlVerdict;
  readonly network: Network;
}

/** Asks what becomes of the request. */
export function urlCase<I extends UrlIntent>(
  intent: I,
  target: { readonly label: string },
  network: Network,
): UrlCase<I> {
  const route = network.route(queryOf(intent.subject));
  return { intent, subject: subjectLabel(intent.subject, network.cluster), target, route, network };
}

function queryOf({ url, method, headers = {} }: UrlRef) {
  return { url, method, headers: Object.entries(headers) };
}

/** A promise that surely does not hold, with the way that shows it. */
export function brokenUrl(
  { intent, subject, target, route }: UrlCase,
  { cause, blame }: Diagnosis,
  example?: PairVerdict,
): Broken {
  return { ...broken(intent, subject, target, cause), blame, example, route };
}

/** Likewise where the request gets to the wrong end: what lets it get on from there is no news. */
export function brokenAtRule(one: UrlCase, diagnosis: Diagnosis): Broken {
  const backends = one.route.backends.map((backend) => ({ ...backend, ways: [] }));
  return brokenUrl({ ...one, route: { ...one.route, backends } }, diagnosis);
}

/** What nobody can know of it. */
export function undecidedUrl(one: UrlCase, doubts: readonly Doubt[]): Broken {
  const all = distinctDoubts(doubts);
  const blame = one.route.taken?.routed.rule?.origin;
  return { ...brokenUrl(one, { cause: { code: 'PTL904', doubts: all }, blame }), doubts: all };
}

/** It holds: by the policies on its ways. */
export function keptUrl({ intent, subject, target, route }: UrlCase): Kept {
  return kept(intent, subject, target, () => [...route.entrances, ...route.backends.flatMap(({ ways }) => ways)]);
}

/** No proxy takes it; `undefined` where one does, or one of several. */
export function takenByNobody(one: UrlCase): Broken | undefined {
  const { answers } = one.route;
  if (answers.length === 0) return brokenUrl(one, { cause: { code: 'PTL406' } });
  const [first] = answers;
  if (first.type !== 'refuses' || answers.some(({ type }) => type !== 'refuses')) return undefined;
  const { cause, blame } = {
    cause: { code: 'PTL406' as const, proxy: proxyOf(one.route), because: first.because },
    blame: one.route.taken?.routed.rule?.origin,
  };
  return brokenUrl(one, { cause, blame });
}

/** ING-13: what leaves open what the proxy is at all leaves open whatever it answers. */
export function isProxyOpen({ route }: UrlCase): boolean {
  return (route.taken?.edge.doubts.length ?? 0) > 0;
}

/** NP-39: clients outside that surely don't get to the proxy. */
export function notEntering(one: UrlCase): Broken | undefined {
  const shut = one.route.entrances.find(({ outcome }) => outcome === 'denied');
  return shut && brokenUrl(one, causeOf(shut, one.network), shut);
}

/** NP-40, ING-15: pods behind the Service that the proxy surely does not get to, or a Service without any. */
export function notArriving(one: UrlCase): Broken | undefined {
  for (const { stop, ways } of one.route.backends) {
    if (stop?.decision === 'stops') return brokenUrl(one, causeOfServiceStop(stop, one.network));
    const shut = ways.find(({ outcome }) => outcome === 'denied');
    if (shut) return brokenUrl(one, causeOf(shut, one.network), shut);
  }
  return undefined;
}

/**
 * What a negative promise has to leave open: kinds that are not modelled, and other proxies that know the host less well and
 * would do what must not be done; whose address its name has no manifest tells (ING-17).
 */
export function openElsewhere({ route, network }: UrlCase, isAmiss: (answer: Answer) => boolean): readonly Doubt[] {
  const foreign = foreignRoutes(network.cluster, route.request.host);
  const others = route.others.filter(({ routed }) => routed.claim !== 'none' && routed.answers.some(isAmiss));
  return [
    ...foreign,
    ...others.map(({ edge }) => ({
      rule: 'ING-17',
      wouldDecide: `whether the name of the host leads to ${edge.label}, which takes such requests too`,
    })),
  ];
}
