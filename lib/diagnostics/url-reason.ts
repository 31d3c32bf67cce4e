import type { UrlVerdict } from '../model/reach/url-verdict';
import type { Verdict } from '../model/reach/verdict';
import { doubtText, hopClause, listed, reasonOf } from './reason';
import { answerName, NO_PROXY, requestName, routeRuleName } from './url-way';

/**
 * A verdict in one line, e.g. `GET https://shop.example.com/cart -> shop/web:80 allowed: by Ingress shop/edge,
 * shop.example.com/ (Prefix)`.
 */
export function reasonOfRoute(verdict: UrlVerdict): string {
  return `${headOfRoute(verdict)}: ${clausesOf(verdict).join('; ')}`;
}

/** `GET https://shop.example.com/cart -> shop/web:80 allowed`. */
export function headOfRoute({ request, outcome, answers }: UrlVerdict): string {
  const to =
    answers.length === 0 ? (outcome === 'unknown' ? 'nobody known' : 'nobody') : answers.map(answerName).join(' or ');
  return `${requestName(request)} -> ${to} ${outcome}`;
}

function clausesOf(verdict: UrlVerdict): readonly string[] {
  const { taken, answers, entering, entrances, backends, outcome, doubts } = verdict;
  if (answers.length === 0) {
    return [NO_PROXY, ...(doubts.length > 0 ? [`open is ${listed(doubts.map(doubtText))}`] : [])];
  }
  const rule = taken?.routed.rule;
  const own = answers.flatMap((answer) => ('because' in answer ? [answer.because] : []));
  const telling = [
    ...(entering !== undefined && entering !== 'allowed' ? [reasonOf(asVerdict(entering, entrances))] : []),
    ...backends.flatMap((backend) => {
      if (backend.stop) return [hopClause(backend.stop)];
      return backend.outcome === 'allowed' ? [] : [reasonOf(asVerdict(backend.outcome, backend.ways))];
    }),
  ];
  const isOpen = outcome === 'unknown' && telling.length === 0 && doubts.length > 0;
  return [
    rule ? `by ${routeRuleName(rule)}` : taken ? `by ${taken.edge.label}` : 'by one of several proxies',
    ...new Set(own),
    ...telling,
    ...(isOpen ? [`open is ${listed(doubts.map(doubtText))}`] : []),
  ];
}

function asVerdict(outcome: Verdict['outcome'], pairs: Verdict['pairs']): Verdict {
  return { outcome, pairs, endpoints: [] };
}
