import type { Doubt } from '../../../values/ternary';
import { exactly } from '../../paths';
import type { Entry } from '../../rules';
import { anotherHost } from '../conformant';
import type { Candidate, Match, Received, RoutingTable } from '../controller';
import { annotation, flag, isCanary } from './annotations';
import { isExpression, matchesExpression } from './regex';
import { type Server, serverFor } from './server';

/** The locations that ingress-nginx makes of the rules, each with the request that nginx compares it with. */
export function locations(request: Received, table: RoutingTable): readonly Candidate[] {
  const server = serverFor(request.host, table);
  const own = new Set(server.entries);
  const isRegex = enforcesRegex(server);
  return table.entries.map((entry) => {
    if (!own.has(entry)) return elsewhere(entry, server);
    if (entry.type !== 'path') return fallback(entry, server);
    const earlier = earlierTwin(entry, server);
    if (earlier) return { entry, match: no('an earlier path of the same Ingress claims the same'), rank: [0] };
    if (entry.backend?.type !== 'service')
      return { entry, match: no('nginx passes over what is no Service'), rank: [0] };
    const found = isRegex ? asExpression(entry, request.path, server) : asLocation(entry, request.path, server);
    return doubted(found, server.doubts);
  });
}

/** ING-18: one path with `use-regex` or `rewrite-target`, and all paths of the host are regular expressions. */
export function enforcesRegex({ entries, ingresses }: Server): boolean {
  const paths = entries.filter(({ type }) => type === 'path');
  const isOn = ({ served, path = '/' }: Pick<Entry, 'served' | 'path'>) =>
    flag(served.ingress, 'use-regex') === true || rewriteOf(served.ingress, path) !== undefined;
  // What no path of a host takes is a location / of the first Ingress, with what its annotations say.
  const hasRoot = paths.some(({ path = '/', pathType }) => path === '/' && pathType !== 'Exact');
  const root = entries.find(({ served }) => served.ingress === ingresses[0]);
  return paths.some(isOn) || (!hasRoot && root?.host !== undefined && isOn({ served: root.served }));
}

/** ING-19: the target, where it is another than the path itself. */
export function rewriteOf(ingress: Entry['served']['ingress'], path: string): string | undefined {
  const target = annotation(ingress, 'rewrite-target');
  return target === path ? undefined : target;
}

/** The path from which nginx sends clients to the one with a slash: it does so wherever a location that forwards ends in one. */
export function addsSlash({ path = '/', type }: Entry, requested: string): boolean {
  return type === 'path' && path.length > 1 && path === `${requested}/`;
}

const isPrefix = ({ pathType }: Entry) => pathType !== 'Exact';
const withSlash = (path: string) => (path.endsWith('/') ? path : `${path}/`);

function elsewhere(entry: Entry, { host }: Server): Candidate {
  if (isCanary(entry.served.ingress))
    return { entry, match: no('is a canary of the rule that it shares its path with'), rank: [0] };
  if (entry.host === undefined && host !== undefined) {
    return { entry, match: no(`nginx looks no further than the rules for ${host}`), rank: [0] };
  }
  return { entry, match: anotherHost(entry), rank: [0] };
}

/** ING-10: the default backend of the oldest Ingress of the host takes what is left. */
function fallback(entry: Entry, server: Server): Candidate {
  const { host, ingresses, isOrdered, doubts } = server;
  const match: Match = { matched: 'yes', because: 'a default backend takes what no rule matches' };
  if (!entry.backend)
    return { entry, match: no('the rule has no paths, and its Ingress no default backend'), rank: [0] };
  const candidate = { entry, match, rank: [-1, ...age(entry, server)] };
  if (host === undefined || ingresses.length === 1) return doubted(candidate, doubts);
  if (!isOrdered) return doubted(candidate, [...doubts, OLDEST]);
  const isFirst = entry.served.ingress === ingresses[0];
  return isFirst ? doubted(candidate, doubts) : { ...candidate, match: no('an older Ingress has rules for the host') };
}

/** ING-17: nobody tells the age of what is yet to be created. */
export const OLDEST: Doubt = {
  rule: 'ING-17',
  wouldDecide: 'the creationTimestamp of the Ingresses that share the host: ingress-nginx lets the oldest go first',
};

/** ING-19: `= /p` for Exact; for all others `/p/`, and `= /p` beside it. Exact locations go first, then the longest. */
function asLocation(entry: Entry, requested: string, server: Server): Candidate {
  const { path = '/' } = entry;
  if (addsSlash(entry, requested)) {
    return { entry, match: { matched: 'yes', because: `${path} with its slash` }, rank: [2, ...age(entry, server)] };
  }
  if (!isPrefix(entry)) return { entry, match: exactly(path, requested), rank: [4, ...age(entry, server)] };
  if (requested === path && path !== '/') {
    return spelling({ entry, match: exactly(path, requested), rank: [3, ...age(entry, server)] }, server);
  }
  const below = withSlash(path);
  if (!requested.startsWith(below)) return { entry, match: no(`the path is not below ${path}`), rank: [0] };
  const match: Match = { matched: 'yes', because: `the path is below ${path}` };
  return spelling({ entry, match, rank: [1, below.length, ...age(entry, server)] }, server);
}

/** ING-18: by descending length, of equal ones the greater text first; the first that matches wins. */
function asExpression(entry: Entry, requested: string, server: Server): Candidate {
  const { path = '/', served } = entry;
  const isOwn = flag(served.ingress, 'use-regex') === true || rewriteOf(served.ingress, path) !== undefined;
  const hasExact = server.entries.some((other) => other.type === 'path' && !isPrefix(other) && other.path === path);
  const expression = isPrefix(entry) && !isOwn && hasExact ? withSlash(path) : path;
  const rank = [1, path.length, path, ...age(entry, server)];
  const match = matchesExpression(expression, requested);
  if (entry.pathType !== 'Exact' && entry.pathType !== 'Prefix') return { entry, match, rank };
  return isExpression(path) ? doubted({ entry, match, rank }, [STRICT]) : { entry, match, rank };
}

const STRICT: Doubt = {
  rule: 'ING-18',
  wouldDecide:
    'the path type ImplementationSpecific: ingress-nginx may refuse regular expressions of other types (strict-validate-path-type)',
};

/** Whichever of two Ingresses is the older: of one the first path goes first anyhow. */
function age({ served }: Entry, { ingresses, isOrdered }: Server): readonly number[] {
  return isOrdered ? [-ingresses.indexOf(served.ingress)] : [];
}

function earlierTwin(entry: Entry, { entries }: Server): boolean {
  const twin = entries.find(
    (other) =>
      other.type === 'path' &&
      other.served === entry.served &&
      (other.path ?? '/') === (entry.path ?? '/') &&
      isPrefix(other) === isPrefix(entry),
  );
  return twin !== entry;
}

/** Of `/p` and `/p/` nginx gets the same location twice, and refuses the whole configuration. */
function spelling(candidate: Candidate, { entries }: Server): Candidate {
  const { path = '/' } = candidate.entry;
  const other = entries.find(
    (each) =>
      each.type === 'path' && isPrefix(each) && each.path !== path && withSlash(each.path ?? '/') === withSlash(path),
  );
  if (!other) return candidate;
  const wouldDecide = `one of the paths ${path} and ${other.path}: for both together ingress-nginx makes a location twice`;
  return doubted(candidate, [{ rule: 'ING-19', wouldDecide }]);
}

function doubted(candidate: Candidate, doubts: readonly Doubt[]): Candidate {
  const { match } = candidate;
  if (doubts.length === 0 || match.matched === 'no') return candidate;
  return { ...candidate, match: { ...match, matched: 'maybe', doubts: [...(match.doubts ?? []), ...doubts] } };
}

function no(because: string): Match {
  return { matched: 'no', because };
}
