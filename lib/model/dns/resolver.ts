import { LONGEST_NAME } from './name';
import type { Answer, DnsRecord, QueryType } from './record';
import { lineOf, ndotsOf, type ResolvConf } from './resolv-conf';

/** The resolvers that programs in pods use: two C libraries, Go's own, and that of Windows (DNS-21, DNS-30). */
export const RESOLVERS = ['glibc', 'musl', 'go', 'windows'] as const;

export type Resolver = (typeof RESOLVERS)[number];

/** A name that a resolver asks for. */
export interface Candidate {
  /** Absolute. */
  readonly name: string;
  /** The search domain that was added; `undefined` for the name as it is. */
  readonly search?: string;
}

/** What came back for one name; a resolver may ask for both families at once. */
export interface Asked extends Candidate {
  readonly types: readonly QueryType[];
  /** One for each type. */
  readonly replies: readonly Answer[];
}

/** What a resolver tells the program. */
export interface LookUp {
  /** In order, down to the one that ended it. */
  readonly asked: readonly Asked[];
  /**
   * `no-data`: some name was there, but without a record of the type; `not-found`: none was.
   * `unknown`: nobody knows what the last question brought.
   */
  readonly result: 'found' | 'no-data' | 'not-found' | 'unknown';
  readonly answers: readonly DnsRecord[];
}

/** What servers answer to a question: one answer for each type that is asked for. */
export type Ask = (candidate: Candidate) => readonly Answer[];

const ADDRESS_TYPES: readonly QueryType[] = ['A', 'AAAA'];
/** musl reads a line of 255 letters with its end, and passes over longer ones. */
const MUSL_LINE = 254 - 'search '.length;

/**
 * The names that a resolver asks for, in order, as long as none of them ends it (DNS-21, DNS-30).
 * @param types of records that are asked for @default - addresses
 */
export function candidatesFor(
  resolver: Resolver,
  name: string,
  conf: Pick<ResolvConf, 'searches' | 'options'>,
  types: readonly QueryType[] = ADDRESS_TYPES,
): readonly Candidate[] {
  if (name.endsWith('.')) return [{ name }];
  const literal = { name: `${name}.` };
  const searched = searchedFor(resolver, name, conf);
  const isFirst = name.split('.').length - 1 >= ndotsOf(conf);
  switch (resolver) {
    case 'musl': {
      // Records of other types than addresses are never searched for.
      const isSearched = types.every((type) => ADDRESS_TYPES.includes(type)) && !isFirst;
      return isSearched && lineOf(conf.searches).length <= MUSL_LINE ? [...searched, literal] : [literal];
    }
    case 'windows':
      // DNS-30: the first suffix alone, and a name with a dot is taken as it is.
      return name.includes('.') ? [literal] : [...searched.slice(0, 1), literal];
    default: {
      // For glibc a dot among the search domains is the name as it is, which is asked for once.
      const isAmong = searched.some((candidate) => candidate.name === literal.name);
      if (isFirst) return [literal, ...searched.filter((candidate) => candidate.name !== literal.name)];
      return isAmong ? searched : [...searched, literal];
    }
  }
}

function searchedFor(
  resolver: Resolver,
  name: string,
  { searches }: Pick<ResolvConf, 'searches'>,
): readonly Candidate[] {
  const usable = searches.filter((search) => search !== undefined && (search !== '.' || resolver === 'glibc'));
  return usable
    .map((search = '') => ({ name: search === '.' ? `${name}.` : `${name}.${search.replace(/\.$/, '')}.`, search }))
    .filter((candidate) => candidate.name.length <= LONGEST_NAME + 1);
}

/** Asks for one name after the other, as the resolver does (DNS-21, DNS-22). */
export function lookUp(
  resolver: Resolver,
  candidates: readonly Candidate[],
  types: readonly QueryType[],
  ask: Ask,
): LookUp {
  const asked: Asked[] = [];
  for (const candidate of candidates) {
    const replies = ask(candidate);
    asked.push({ name: candidate.name, search: candidate.search, types, replies });
    const answers = replies.flatMap((reply) => reply.answers);
    if (isFound(replies, types)) return { asked, result: 'found', answers };
    if (replies.some(({ rcode, doubts }) => rcode === 'unknown' || doubts.length > 0)) {
      return { asked, result: 'unknown', answers };
    }
    if (ends(resolver, replies)) return { asked, result: 'no-data', answers };
  }
  return { asked, result: failure(asked, candidates), answers: [] };
}

/** A name that is there, in a family that nobody knows, has an address for whoever asks for both. */
function isFound(replies: readonly Answer[], types: readonly QueryType[]): boolean {
  const certain = replies.some(({ answers }) => answers.some(({ type }) => types.includes(type)));
  return certain || (types.length > 1 && replies.some(({ possible = [] }) => possible.length > 0));
}

/**
 * DNS-22: an alias that leads to nothing ends the search for the C libraries, and for musl so does a name that is there
 * without a record of the type.
 */
function ends(resolver: Resolver, replies: readonly Answer[]): boolean {
  if (resolver === 'musl') return replies[0].rcode === 'NOERROR';
  return resolver !== 'go' && replies.some(({ answers }) => answers.length > 0);
}

/** What glibc tells when nothing was found: what became of the name as it is, where it was tried first. */
function failure(asked: readonly Asked[], candidates: readonly Candidate[]): LookUp['result'] {
  const told = candidates[0].search === undefined ? asked.slice(0, 1) : asked;
  return told.some(({ replies }) => replies.some(({ rcode }) => rcode === 'NOERROR')) ? 'no-data' : 'not-found';
}
