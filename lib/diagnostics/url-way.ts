import type { UrlRequest } from '../model/ingress/request';
import type { Answer, RouteRule, Share } from '../model/ingress/routing';
import type { UrlBackend, UrlVerdict } from '../model/reach/url-verdict';
import { decisionOf, type HopDecision, type PairVerdict, type Verdict } from '../model/reach/verdict';
import { doubtText, hopClause, listed, mostTelling } from './reason';
import { decisionOn } from './way';
import { type Decision, drawn, type Stop, type WayCanvas } from './way-drawing';

/**
 * The way of a request by URL: the rule that takes it, the Service, the pod; with one mark as the way of a packet has, and
 * below it what decided. The proxy itself is shown where clients don't get to it, or where no rule takes the request.
 */
export function urlWayOf(verdict: UrlVerdict, canvas: WayCanvas): readonly string[] {
  const steps = openedSteps(verdict);
  const decisive =
    steps.find(({ decision }) => decision === 'stops') ?? steps.find(({ decision }) => decision !== 'passes');
  const said = decisive ?? steps.findLast(({ why }) => why);
  const stops = steps.map((step) => (step === decisive ? step : { ...step, decision: 'passes' as const }));
  return drawn(requestName(verdict.request), stops, said?.why, canvas);
}

/** `GET https://shop.example.com/cart`. */
export function requestName({ method, scheme, host, port, path, query }: UrlRequest): string {
  const isUsual = port === (scheme === 'http' ? 80 : 443);
  return `${method} ${scheme}://${host}${isUsual ? '' : `:${port}`}${path}${query === '' ? '' : `?${query}`}`;
}

/** `Ingress shop/edge, shop.example.com/api (Prefix)`. */
export function routeRuleName({ kind, namespace, name, matches }: RouteRule): string {
  return `${kind} ${namespace}/${name}, ${matches}`;
}

/** `shop/api:80`. */
export function backendName({ service, port }: Extract<Share, { readonly service: unknown }>): string {
  return `${service.namespace}/${service.name}:${port.port}`;
}

export const NO_PROXY = 'no Ingress and no Gateway takes requests from outside';

interface Step extends Stop {
  readonly why?: Decision;
}

/** What leaves all of it open is said where it begins, unless some step is open by itself. */
function openedSteps(verdict: UrlVerdict): readonly Step[] {
  const steps = stepsOf(verdict);
  const isOpen = verdict.outcome === 'unknown' && steps.every(({ decision }) => decision === 'passes');
  return steps.map((step, i) =>
    isOpen && i === 0 ? { ...step, decision: 'unknown' as const, why: opened(verdict.doubts) } : step,
  );
}

function stepsOf(verdict: UrlVerdict): readonly Step[] {
  const { taken, answers } = verdict;
  if (!taken) return [lost(verdict)];
  const { rule } = taken.routed;
  const entry = entryOf(verdict, taken.edge.label);
  const proxy = rule === undefined && entry.length === 0 ? [passing(taken.edge.label)] : entry;
  const ruled = rule ? [passing(routeRuleName(rule))] : [];
  const onward = answers.length === 1 ? answerSteps(answers[0], verdict) : [openStep(answers, verdict)];
  return [...proxy, ...ruled, ...onward];
}

function passing(name: string): Step {
  return { name, decision: 'passes' };
}

/** Nobody takes it, or one of several does. */
function lost({ others, answers, doubts }: UrlVerdict): Step {
  if (answers.length === 0 && doubts.length === 0) return { name: 'nobody', decision: 'stops', why: said(NO_PROXY) };
  const name = others.map(({ edge }) => edge.label).join(' or ') || 'somebody';
  return { name, decision: 'unknown', why: opened(doubts) };
}

/** Leg 1 is no news where clients get through. */
function entryOf({ entering, entrances }: UrlVerdict, label: string): readonly Step[] {
  if (entering === undefined || entering === 'allowed') return [];
  const pair = mostTelling({ outcome: entering, pairs: entrances, endpoints: [] });
  return [{ name: label, decision: worst(entering), why: pair && whyOf(pair) }];
}

function answerSteps(answer: Answer, verdict: UrlVerdict): readonly Step[] {
  switch (answer.type) {
    case 'forwards':
      return shareSteps(answer.to, verdict);
    case 'redirects':
      return [passing(`${answer.status} ${answer.location}`)];
    case 'answers':
      return [
        { name: String(answer.status), decision: answer.status < 400 ? 'passes' : 'stops', why: said(answer.because) },
      ];
    case 'refuses':
      return [{ name: 'no connection', decision: 'stops', why: said(answer.because) }];
  }
}

/** Of several shares the most telling: the first that fails, else that may fail, else the first. */
function shareSteps(shares: readonly Share[], { backends, doubts }: UrlVerdict): readonly Step[] {
  const refused = shares.find((share) => 'status' in share);
  if (refused && 'status' in refused) {
    return [{ name: `${refused.status}${portion(refused)}`, decision: 'stops', why: said(refused.because) }];
  }
  const away = shares.find((share) => 'elsewhere' in share);
  if (away && backends.every(({ outcome }) => outcome === 'allowed')) {
    return [{ name: `${shareName(away)}${portion(away)}`, decision: 'unknown', why: opened(doubts) }];
  }
  const failing = (outcome: Verdict['outcome']) => backends.find((backend) => backend.outcome === outcome);
  const told = failing('denied') ?? failing('partial') ?? failing('unknown') ?? backends[0];
  return told ? backendSteps(told) : [];
}

/** `shop/api:80`, `503`. */
function shareName(share: Share): string {
  if ('service' in share) return backendName(share);
  if ('status' in share) return String(share.status);
  const { namespace, name, port } = share.elsewhere;
  return `${namespace}/${name}${port === undefined ? '' : `:${port}`}`;
}

function portion({ share }: Share): string {
  return share === 1 ? '' : ` (${percent(share)} of the requests)`;
}

/** `33.3 %`. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

function backendSteps({ share, ways, outcome, stop }: UrlBackend): readonly Step[] {
  const name = `${backendName(share)}${portion(share)}`;
  if (stop) return [{ name, decision: stop.decision, why: said(hopClause(stop)) }];
  const pair = mostTelling({ outcome, pairs: ways, endpoints: [] });
  if (!pair) return [passing(name)];
  const hop = pair.hops.find((each) => each.hop === 'ingress-policy' || each.hop === 'egress-policy');
  const port = hop && 'traffic' in hop ? `:${hop.traffic.replace(/\/TCP$/, '')}` : '';
  return [passing(name), { name: `${pair.to}${port}`, decision: decisionOf(pair.outcome), why: whyOf(pair) }];
}

function whyOf(pair: PairVerdict): Decision | undefined {
  const isOpen = pair.outcome === 'unknown' && pair.hops.every(({ decision }) => decision === 'passes');
  return isOpen ? opened(pair.doubts) : decisionOn(pair);
}

function openStep(answers: readonly Answer[], { doubts }: UrlVerdict): Step {
  return { name: answers.map(answerName).join(' or '), decision: 'unknown', why: opened(doubts) };
}

/** An answer in a few words: `shop/api:80`, `404`, `301 https://shop.example.com/`. */
export function answerName(answer: Answer): string {
  switch (answer.type) {
    case 'forwards':
      return answer.to.map(shareName).join(' and ');
    case 'redirects':
      return `${answer.status} ${answer.location}`;
    case 'answers':
      return String(answer.status);
    case 'refuses':
      return 'no connection';
  }
}

function said(text: string): Decision {
  return { text, more: [] };
}

function opened(doubts: UrlVerdict['doubts']): Decision {
  return said(`open is ${listed(doubts.map(doubtText))}`);
}

function worst(outcome: Verdict['outcome']): HopDecision {
  return outcome === 'partial' ? 'stops' : decisionOf(outcome);
}
