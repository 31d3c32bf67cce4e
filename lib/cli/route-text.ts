import type { Glyphs } from '../diagnostics/glyphs';
import { entry, placed, titleLines } from '../diagnostics/layout';
import { doubtText } from '../diagnostics/reason';
import { headOfRoute } from '../diagnostics/url-reason';
import { answerName, backendName, percent, routeRuleName, urlWayOf } from '../diagnostics/url-way';
import type { Origin } from '../model/finding/origin';
import type { Answer, Considered, TlsTermination } from '../model/ingress/routing';
import { podLabel } from '../model/reach/policy-hops';
import type { AtEdge, UrlVerdict } from '../model/reach/url-verdict';

/** The way of a request for people: the answer in one line, the way drawn, the rule that won and those that did not. */
export function* routeText(verdict: UrlVerdict, glyphs: Glyphs): Iterable<string> {
  const { taken, others, backends, answers, doubts } = verdict;
  yield* titleLines(headOfRoute(verdict));
  yield '';
  yield* urlWayOf(verdict, { glyphs, placeOf });
  yield '';
  if (taken) {
    const { rule, tls, considered } = taken.routed;
    if (rule) yield* placed('rule', routeRuleName(rule), placeOf(rule.origin));
    yield* labelled('also', considered.map(consideredText));
    if (tls) yield* entry('tls', tlsText(tls));
    yield* labelled('sent as', answers.flatMap(rewriteTexts));
    yield* labelled(
      'shares',
      backends.length > 1 ? backends.map(({ share }) => `${percent(share.share)} to ${backendName(share)}`) : [],
    );
    yield* entry('proxy', proxyText(taken));
  }
  yield* labelled(
    'others',
    others.map(({ edge, routed }) => `${edge.label}: ${routed.answers.map(answerName).join(' or ')}`),
  );
  yield* labelled(
    'notes',
    answers.flatMap((answer) => (answer.type === 'forwards' ? (answer.notes ?? []) : [])),
  );
  yield* labelled('open', doubts.map(doubtText));
}

/** A label before the first of several texts. */
function* labelled(label: string, texts: readonly string[]): Iterable<string> {
  for (const [i, text] of texts.entries()) yield* entry(i === 0 ? label : '', text);
}

function consideredText({ rule, matched, because }: Considered): string {
  const hint = matched === 'maybe' ? ' (may match)' : '';
  return `${routeRuleName(rule)}${hint}: ${because}`;
}

function tlsText({ mode, secret, covers, because }: TlsTermination): string {
  if (mode === 'passes-through') return 'passes through the proxy to the backend';
  const shown = secret ? `Secret ${secret.namespace}/${secret.name}` : 'a certificate of the proxy itself';
  const known = { true: 'which covers the host', false: 'which does not cover the host', unknown: '' }[`${covers}`];
  const why = because === undefined ? '' : ` (${because})`;
  return `terminates with ${shown}${known === '' ? '' : `, ${known}`}${why}`;
}

function rewriteTexts(answer: Answer): readonly string[] {
  if (answer.type !== 'forwards' || !answer.rewrite) return [];
  const { host, path } = answer.rewrite;
  return [
    [...(host === undefined ? [] : [`host ${host}`]), ...(path === undefined ? [] : [`path ${path}`])].join(', '),
  ];
}

function proxyText({ edge }: AtEdge): string {
  if (!edge.controller) return `${edge.label}; nobody says which pods it runs in`;
  const pods = edge.controller.pods.map(podLabel).join(', ');
  return `${edge.label}, whose pods are ${pods}`;
}

function placeOf({ position, construct }: Origin): string | undefined {
  return position ? `${position.file}:${position.line}:${position.column}` : construct;
}
