import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import { formatIp } from '../values/ip';
import { type Doubt, distinctDoubts } from '../values/ternary';
import { type HostsLine, hostsFileOf, hostsLine, isOwnNameOfSome, linesFor } from './hosts-file';
import { askersOf } from './nameserver';
import { type Answer, addressType, type DnsRecord, type QueryType, type Rcode, type RecordTarget } from './record';
import { resolvConfOf } from './resolv-conf';
import { type Ask, candidatesFor, type LookUp, lookUp, type Resolver } from './resolver';
import type { Zone } from './zone';

/** A question that went out, and what came back. */
export interface ResolvedQuery {
  /** Absolute. */
  readonly name: string;
  readonly types: readonly QueryType[];
  /** The search domain that the resolver added; `undefined` for the name as it was asked for. */
  readonly search?: string;
  readonly rcode: Rcode | 'unknown';
  readonly answers: readonly DnsRecord[];
}

/** What a name means to a pod, or to the cluster's DNS itself. */
export interface Resolution {
  /** The name as it was asked for. */
  readonly name: string;
  /**
   * `found`: the name has such a record; `no-data`: it is there, but has none; `not-found`: it is not there;
   * `unknown`: nobody knows, or the resolvers that a program may have differ. Then there is a doubt.
   */
  readonly result: 'found' | 'no-data' | 'not-found' | 'unknown';
  readonly rcode: Rcode | 'unknown';
  /** Those that are certain. The data of an address that Kubernetes is yet to choose is `undefined`. */
  readonly answers: readonly DnsRecord[];
  /** The questions in order, as `resolver` puts them. */
  readonly queries: readonly ResolvedQuery[];
  /** Whose questions these are: glibc's, unless another is asked for. @default - no pod asks */
  readonly resolver?: Resolver;
  /** DNS-20: what Kubernetes left out of the pod's `resolv.conf` because there was too much of it. @default - nothing */
  readonly dropped?: readonly string[];
  /** Who knew: the pod's `/etc/hosts` (DNS-24), the name itself being an address, or a server. */
  readonly by: 'address' | 'hosts' | 'dns';
  /** The full name that was answered; `undefined` where none was, or no server was asked. */
  readonly answeredBy?: string;
  /** DNS-22, DNS-23: the search domain through which it was found; `undefined` for the name as it is. */
  readonly search?: string;
  /** DNS-16: the question leaves the cluster: what comes back is not the cluster's to say. */
  readonly isUpstream: boolean;
  /** The Services, and pods behind them, that the answers are of: those of aliases, and those that aliases lead to. */
  readonly targets: readonly RecordTarget[];
  readonly doubts: readonly Doubt[];
}

export interface ResolveOptions {
  /** @default ['A'] */
  readonly types?: readonly QueryType[];
  /** The resolver of the program that asks. @default - any of glibc, musl and Go, as far as they agree */
  readonly resolver?: Resolver;
}

/** What the cluster's DNS itself answers: the name is taken as it is, without any search list. */
export function resolveInZone(zone: Zone, name: string, { types = ['A'] }: ResolveOptions = {}): Resolution {
  const ask: Ask = ({ name }) => types.map((type) => zone.answer(name, type));
  const candidates = [{ name: name.endsWith('.') ? name : `${name}.` }];
  return resolutionOf(name, lookUp('glibc', candidates, types, ask));
}

/** What a name means to a pod (DNS-18 to DNS-24, DNS-30). */
export function resolveFor(
  pod: PodGroup,
  name: string,
  zone: Zone,
  cluster: Cluster,
  { types = ['A'], resolver }: ResolveOptions = {},
): Resolution {
  const hosts = hostsFileOf(pod, cluster.profile.clusterDomain, cluster.profile.families);
  const resolvers = resolver ? [resolver] : pod.os === 'windows' ? WINDOWS : ALL;
  const locals = resolvers.map(
    (each) => literal(name, types) ?? inHosts(name, linesFor(hosts, name, each), types, each),
  );
  const isOwn = isOwnNameOfSome(pod, name);
  const anew = (): Resolution => {
    const conf = resolvConfOf({ ...pod, namespace: pod.namespace.name }, cluster.profile.clusterDomain);
    const askerOf = askersOf(name, types, conf, zone, cluster);
    const found = resolvers.map(
      (each, i) => locals[i] ?? lookUp(each, candidatesFor(each, name, conf, types), types, askerOf(each)),
    );
    const told = (i: number): Resolution => {
      const each = found[i];
      const resolution = 'asked' in each ? resolutionOf(name, each) : each;
      return { ...resolution, resolver: resolvers[i], dropped: conf.dropped };
    };
    // Where all are told the same, the answer to one is enough.
    if (!isOwn && found.every((each) => isSame(gistOf(found[0]), gistOf(each)))) return told(0);
    const [first, ...others] = found.map((_, i) => told(i));
    return differing(first, others, isOwn ? REPLICA_DOUBT : RESOLVER_DOUBT);
  };
  if (isOwn || pod.dnsConfig || locals.some((local) => local !== undefined)) return anew();
  // INVARIANT: of such a pod nothing else than this decides what servers tell it (DNS-18, DNS-19).
  const asker = `${pod.namespace.name} ${pod.dnsPolicy} ${pod.hostNetwork} ${resolvers}`;
  return remembered(zone, `${asker} ${types} ${name}`, anew);
}

/** What was resolved in a zone: pods of one kind ask for the same names again and again. */
const RESOLUTIONS = new WeakMap<Zone, Map<string, Resolution>>();

function remembered(zone: Zone, question: string, resolveAnew: () => Resolution): Resolution {
  const known = RESOLUTIONS.get(zone) ?? new Map<string, Resolution>();
  RESOLUTIONS.set(zone, known);
  const resolution = known.get(question) ?? resolveAnew();
  known.set(question, resolution);
  return resolution;
}

const REPLICA_DOUBT: Doubt = {
  rule: 'DNS-24',
  wouldDecide: 'which of the pods asks: each has its own name in its hosts file, and not those of the others',
};

/** Nobody knows which of them the programs of a pod have. */
const ALL: readonly Resolver[] = ['glibc', 'musl', 'go'];
const WINDOWS: readonly Resolver[] = ['windows'];

function resolutionOf(name: string, found: LookUp): Resolution {
  const last = found.asked.at(-1)!;
  const isAnswered = hasAnswer(found);
  const replies = last.replies;
  return {
    name,
    result: found.result,
    rcode: rcodeOf(found),
    answers: found.answers,
    queries: found.asked.map(({ name, search, types, replies }) => {
      const answers = replies.flatMap((reply) => reply.answers);
      return { name, search, types, rcode: rcodeOfAny(replies), answers };
    }),
    by: 'dns',
    answeredBy: isAnswered ? last.name : undefined,
    search: isAnswered ? last.search : undefined,
    isUpstream: replies.some(({ zone }) => zone === undefined),
    targets: targetsOf(replies),
    doubts: found.result === 'found' || found.result === 'unknown' ? doubtsOf(replies) : [],
  };
}

/** SVC-27: who has an address of one family for sure is not kept by what nobody knows of the other. */
function doubtsOf(replies: readonly Answer[]): readonly Doubt[] {
  const isAnswered = replies.some(({ answers }) => answers.length > 0);
  const telling = replies.filter(
    ({ answers, possible }) => !isAnswered || answers.length > 0 || possible === undefined,
  );
  return distinctDoubts(telling.flatMap(({ doubts }) => doubts));
}

/** A search that found nothing has the rcode of what it came nearest to. */
function rcodeOf({ result, asked }: LookUp): Resolution['rcode'] {
  if (result === 'unknown') return rcodeOfAny(asked.at(-1)!.replies);
  return result === 'not-found' ? 'NXDOMAIN' : 'NOERROR';
}

/** A name is there for one type as for another; only where it leads upstream one of two answers may be known. */
function rcodeOfAny(replies: readonly Answer[]): Resolution['rcode'] {
  return replies.find(({ rcode }) => rcode === 'NOERROR')?.rcode ?? replies[0].rcode;
}

function targetsOf(replies: readonly Answer[]): readonly RecordTarget[] {
  const targets = replies.flatMap(({ answers, possible = [] }) =>
    [...answers, ...possible].flatMap((r) => r.target ?? []),
  );
  return [...new Map(targets.map((t) => [`${t.service.namespace}/${t.service.name} ${t.pod?.index}`, t])).values()];
}

/** An address needs no server. */
function literal(name: string, types: readonly QueryType[]): Resolution | undefined {
  const lines = hostsLine(name, [name]);
  return lines.length > 0 && isForAddresses(types) ? local(name, 'address', lines, types) : undefined;
}

/** DNS-24: what the file has wins over every server. A name of the other family only is one that musl and Go give up on. */
function inHosts(
  name: string,
  lines: readonly HostsLine[],
  types: readonly QueryType[],
  resolver: Resolver,
): Resolution | undefined {
  if (lines.length === 0 || !isForAddresses(types)) return undefined;
  const found = local(name, 'hosts', lines, types);
  return found.result === 'no-data' && resolver === 'glibc' ? undefined : found;
}

function isForAddresses(types: readonly QueryType[]): boolean {
  return types.some((type) => type === 'A' || type === 'AAAA');
}

function local(
  name: string,
  by: 'address' | 'hosts',
  lines: readonly HostsLine[],
  types: readonly QueryType[],
): Resolution {
  const answers = lines
    .map(({ address, family }): DnsRecord => {
      return { name, type: addressType(family), data: address && formatIp(address) };
    })
    .filter(({ type }) => types.includes(type));
  const result = answers.length > 0 ? 'found' : 'no-data';
  return { name, result, rcode: 'NOERROR', answers, queries: [], by, isUpstream: false, targets: [], doubts: [] };
}

/** What of an answer a program notices, beside its records. */
type Gist = Pick<Resolution, 'result' | 'by' | 'answeredBy'>;

function gistOf(found: LookUp | Resolution): Gist {
  if (!('asked' in found)) return found;
  return { result: found.result, by: 'dns', answeredBy: hasAnswer(found) ? found.asked.at(-1)!.name : undefined };
}

function hasAnswer({ result, answers }: LookUp): boolean {
  return result === 'found' || answers.length > 0;
}

/** Whether two resolvers tell a program the same: the same records, or none. */
function isSame(one: Gist, other: Gist): boolean {
  const isFailure = ({ result }: Gist) => result === 'no-data' || result === 'not-found';
  if (isFailure(one) && isFailure(other)) return true;
  return one.result === other.result && one.by === other.by && one.answeredBy === other.answeredBy;
}

/** What a name means to all of several pods that ask: one answer, where it is the same for all. */
export function ofAll([first, ...others]: readonly Resolution[]): Resolution {
  const data = ({ answers }: Resolution) => answers.map((record) => `${record.type} ${record.data}`).join();
  const isOne = others.every((other) => isSame(first, other) && data(first) === data(other));
  return isOne ? first : differing(first, others, ASKER_DOUBT);
}

const ASKER_DOUBT: Doubt = {
  rule: 'DNS-24',
  wouldDecide: 'which of the pods asks: the name does not mean the same to all of them',
};

/** Where those who may ask are told different things, nobody knows what is told. */
function differing(first: Resolution, others: readonly Resolution[], doubt: Doubt): Resolution {
  const isUpstream = [first, ...others].some((each) => each.isUpstream);
  const doubts = distinctDoubts([...first.doubts, ...others.flatMap((other) => other.doubts), doubt]);
  return {
    ...first,
    result: 'unknown',
    rcode: 'unknown',
    answers: [],
    targets: [],
    answeredBy: undefined,
    search: undefined,
    isUpstream,
    doubts,
  };
}

const RESOLVER_DOUBT: Doubt = {
  rule: 'DNS-21',
  wouldDecide: 'which resolver the program has: those of glibc, musl and Go differ here',
};
