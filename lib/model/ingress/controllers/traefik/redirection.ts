import type { Doubt } from '../../../values/ternary';
import { certainly } from '../../backend-outcome';
import type { Outcome } from '../../routing';
import type { Entry } from '../../rules';
import { targetOf } from '../../url-parts';
import type { Candidate, Received } from '../controller';

/**
 * ING-21: where Traefik sends all that comes to its entry point `web`, by its arguments. Sources:
 * docs/content/routing/entrypoints.md, pkg/provider/traefik/internal.go, pkg/middlewares/redirect.
 */
interface Redirection {
  readonly scheme: string;
  readonly port: string;
  readonly permanent: boolean;
  /** That of its rule among those of Ingresses. */
  readonly priority: number;
}

const WORD = /^--entrypoints\.web\.http\.redirections\.entrypoint\.(to|scheme|permanent|priority)=(.*)$/i;
const ADDRESS = /^--entrypoints\.([^.=]+)\.address=[^/]*:(\d+)(?:\/tcp)?$/i;
const TLS = /^--entrypoints\.websecure\.http\.tls(?:=true$|\.|$)/i;
const USUAL: Readonly<Record<string, string>> = { http: '80', https: '443' };

export function isOfRedirection(word: string): boolean {
  return WORD.test(word);
}

/** What becomes of a request that an entry won, or none, as far as the entry point itself decides; `undefined` where it does not. */
export function redirected({ sent }: Received, words: readonly string[], winner?: Candidate): Outcome | undefined {
  const redirection = sent.scheme === 'http' ? redirectionOf(words) : undefined;
  if (redirection === undefined) return undefined;
  if (redirection === 'unread') return { answers: [], doubts: [UNREAD] };
  const { scheme, port, permanent, priority } = redirection;
  // Default backends go after every rule.
  const [rank] = winner?.rank ?? [];
  if (typeof rank === 'number' && rank > priority) return undefined;
  const authority = port === USUAL[scheme] ? sent.host : `${sent.host}:${port}`;
  const [asGet, asOther] = permanent ? [301, 308] : [302, 307];
  const status = sent.method === 'GET' ? asGet : asOther;
  const outcome = certainly({ type: 'redirects', status, location: `${scheme}://${authority}${targetOf(sent)}` });
  return rank === priority ? { ...outcome, doubts: [TIE] } : outcome;
}

/** Where all of `web` is redirected, requests come to an Ingress by `websecure` alone, if it takes them there. */
export function besidesRedirection(
  { served: { ingress } }: Entry,
  words: readonly string[],
  isForHttpsAlone: boolean,
): readonly Doubt[] {
  if (redirectionOf(words) === undefined || isForHttpsAlone || ingress.tls.length > 0) return [];
  return words.some((word) => TLS.test(word)) ? [] : [SECURE];
}

/** A target that is missing makes none; what is written twice, or is none of the values that there are, is not read. */
function redirectionOf(words: readonly string[]): Redirection | 'unread' | undefined {
  const told = new Map<string, string>();
  for (const word of words) {
    const [, key, value] = WORD.exec(word) ?? [];
    if (key === undefined) continue;
    const field = key.toLowerCase();
    if ((told.get(field) ?? value) !== value) return 'unread';
    told.set(field, value);
  }
  const to = told.get('to') ?? '';
  if (to === '') return undefined;
  const port = /^:(\d+)$/.exec(to)?.[1] ?? portOf(to, words);
  const scheme = told.get('scheme') ?? 'https';
  const permanent = told.get('permanent') ?? 'true';
  const priority = Number(told.get('priority') ?? Number.POSITIVE_INFINITY);
  const isPlain = scheme in USUAL && ['true', 'false'].includes(permanent) && !Number.isNaN(priority);
  if (port === undefined || !isPlain) return 'unread';
  return { scheme, port, permanent: permanent === 'true', priority };
}

/** Of an entry point, which is not always the one that a Service has before it. */
function portOf(entryPoint: string, words: readonly string[]): string | undefined {
  const ports = words.flatMap((word) => {
    const [, name, port] = ADDRESS.exec(word) ?? [];
    return name?.toLowerCase() === entryPoint.toLowerCase() ? [port] : [];
  });
  return new Set(ports).size === 1 ? ports[0] : undefined;
}

const UNREAD: Doubt = {
  rule: 'ING-21',
  wouldDecide:
    'a redirection of the entry point web whose target, scheme and priority the arguments of Traefik tell once, with the address of the entry point that it names',
};
const TIE: Doubt = {
  rule: 'ING-21',
  wouldDecide: 'another priority of the redirection: of two rules of the same one nobody says which goes first',
};
const SECURE: Doubt = {
  rule: 'ING-21',
  wouldDecide: 'TLS at the entry point websecure (--entrypoints.websecure.http.tls=true): all of web is redirected',
};
