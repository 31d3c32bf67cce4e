import type { PodGroup } from '../../model/cluster/workload';
import type { QueryType } from '../../model/dns/record';
import { dnsTypeOf } from '../../model/dns/resolv-conf';
import type { Resolution } from '../../model/dns/resolve';
import type { Network } from '../../model/network';
import { podLabel } from '../../model/reach/policy-hops';
import type { Hop, PairVerdict } from '../../model/reach/verdict';
import type { Doubt } from '../../model/values/ternary';
import type { Broken, Checked } from '../checked';
import { causeOf } from '../diagnose';
import type { Cause } from '../finding';
import type { Intent } from '../intent';
import { destinationOf, leadsTo } from '../led-to';
import { isKeptFromDns, nearNames, openNames } from '../names';
import { type Resolved, resolveEndpoint } from '../resolve';
import { everyPodSpokenFor, promisedPods } from '../targets';
import { broken, kept, keptOut, undecided, vacuous } from './results';

type ToResolve = Intent & { verb: 'toResolve' };
type LookupHop = Hop & { hop: 'lookup' };

/** What one pod makes of the name: whether its question gets to a server, and what is answered. */
interface Asked {
  readonly pod: PodGroup;
  readonly resolution: Resolution;
  /** `undefined` where no server is asked: the pod's own file knows, or the name is an address. */
  readonly hop?: LookupHop;
}

/** `expect(x).toResolve(name).to(y)`: every pod of x gets an answer for the name, and it is y's; and `not.toResolve`. */
export function checkToResolve(intent: ToResolve, network: Network): readonly Checked[] {
  const subject = resolveEndpoint(intent.subject, network.cluster);
  const name = { label: intent.name };
  if (subject.nothing) return [vacuous(intent, subject, 'subject', name)];
  if (!subject.addresses.isEmpty || subject.host !== undefined) {
    return [undecided(intent, subject, name, [ASKER_DOUBT])];
  }
  const pods = intent.negated ? everyPodSpokenFor(network, subject) : promisedPods(network, subject);
  if (pods.length === 0) return [vacuous(intent, subject, 'subject', name)];
  const asked = pods.map((pod) => ask(pod, intent.name, network));
  return [intent.negated ? hidden(intent, subject, asked, network) : resolved(intent, subject, asked, network)];
}

const ASKER_DOUBT: Doubt = {
  rule: 'DNS-18',
  wouldDecide: 'a subject of pods: whom others ask for names no manifest tells',
};

/** An address of either family will do; names of SRV records have no address (DNS-03). */
function ask(pod: PodGroup, name: string, network: Network): Asked {
  const types: readonly QueryType[] = /^_[^.]+\._[^.]+\./.test(name) ? ['SRV'] : ['A', 'AAAA'];
  const resolution = network.resolve({ name, from: pod, types });
  const isLocal = resolution.by !== 'dns' && resolution.result !== 'unknown';
  // A file may have the name without the last dot, and some resolvers find it there (DNS-24).
  return { pod, resolution, hop: isLocal ? undefined : network.lookup(pod, name.replace(/\.$/, '')) };
}

function resolved(intent: ToResolve, subject: Resolved, asked: readonly Asked[], network: Network): Checked {
  const to = intent.to && resolveEndpoint(intent.to, network.cluster);
  if (to?.nothing) return { ...vacuous(intent, to, 'target', subject), leadsTo: to.label };
  const failures = asked.flatMap((each) => failuresOf(intent, subject, each, to, network));
  const wrong = failures.find(({ cause }) => cause.code !== 'PTL904');
  const failing = wrong ?? failures[0];
  if (!failing) return kept(intent, subject, { label: intent.name }, () => asked.map(pairOf));
  const offenders = [...new Set(failures.flatMap((failure) => failure.offenders))];
  const doubts = wrong ? undefined : failures.flatMap(({ cause }) => (cause.code === 'PTL904' ? cause.doubts : []));
  return { ...failing, offenders, leadsTo: to?.label, doubts };
}

/** All that is wrong, or open, for one pod: its question's way, and what it is answered. */
function failuresOf(
  intent: ToResolve,
  subject: Resolved,
  asked: Asked,
  to: Resolved | undefined,
  network: Network,
): readonly Broken[] {
  const target = { label: intent.name };
  const fail = (cause: Cause, rest: Partial<Broken> = {}): Broken => ({
    ...broken(intent, subject, target, cause),
    offenders: [podLabel(asked.pod)],
    ...rest,
  });
  const onTheWay = wayFailure(asked, network, fail);
  const inTheAnswer = answerFailure(intent, asked, to, network, fail);
  return [...(onTheWay ? [onTheWay] : []), ...(inTheAnswer ? [inTheAnswer] : [])];
}

type Fail = (cause: Cause, rest?: Partial<Broken>) => Broken;

function wayFailure(asked: Asked, network: Network, fail: Fail): Broken | undefined {
  if (!asked.hop || asked.hop.decision === 'passes') return undefined;
  const pair = pairOf(asked);
  const { cause, blame } = causeOf(pair, network);
  return fail(cause, { blame, example: pair });
}

function answerFailure(
  intent: ToResolve,
  asked: Asked,
  to: Resolved | undefined,
  network: Network,
  fail: Fail,
): Broken | undefined {
  const { resolution } = asked;
  const led = to && leadsTo(resolution, to, intent.to!, network);
  if (led === 'yes') return undefined;
  if (led === 'no') {
    const { label, origin, isAlias } = destinationOf(resolution);
    const { by, search } = resolution;
    const wanted = to!.label;
    return fail({ code: 'PTL503', name: intent.name, leadsTo: label, wanted, by, search, isAlias }, { blame: origin });
  }
  if (resolution.result === 'not-found' || resolution.result === 'no-data') return fail(absent(intent, asked, network));
  const doubts = [...(resolution.result === 'unknown' ? resolution.doubts : []), ...(led ? [led] : [])];
  return doubts.length > 0 ? fail({ code: 'PTL904', doubts }) : undefined;
}

/** That nobody here declares a name is an answer only where nobody else can, or where a slip is likelier. */
function absent(intent: ToResolve, { pod, resolution }: Asked, network: Network): Cause {
  // DNS-19: the node's resolver knows no name of the cluster.
  if (dnsTypeOf(pod) === 'node') return { code: 'PTL501', pod: podLabel(pod), custom: false };
  const didYouMean = nearNames(intent.name, pod.namespace.name, network.cluster);
  const open = didYouMean === undefined ? openNames(resolution, network.cluster) : [];
  if (open.length > 0) return { code: 'PTL904', doubts: open };
  return {
    code: 'PTL502',
    name: intent.name,
    // What was meant stands last: the name as it was written.
    asked: resolution.queries.map(({ name }) => name.replace(/\.$/, '')).reverse(),
    hasOtherData: resolution.result === 'no-data',
    didYouMean,
  };
}

/** Kept where each pod surely gets no answer: its questions get to no server, or the name is nowhere. */
function hidden(intent: ToResolve, subject: Resolved, asked: readonly Asked[], network: Network): Checked {
  const name = { label: intent.name };
  const open = asked.filter(({ hop }) => !hop || !isKeptFromDns(hop));
  const found = open.filter(({ resolution, hop }) => {
    return resolution.result === 'found' && (!hop || hop.decision === 'passes');
  });
  if (found.length > 0) {
    const [first] = found;
    const offenders = [...new Set(found.map(({ pod }) => podLabel(pod)))];
    const { label, origin } = destinationOf(first.resolution);
    const cause: Cause = { code: 'PTL504', name: intent.name, leadsTo: label, by: first.resolution.by };
    return { ...broken(intent, subject, name, cause), blame: origin, example: pairOf(first), offenders };
  }
  const doubtful = open.flatMap((each) => {
    const doubts = doubtsAbout(each, network);
    return doubts ? [{ pod: each.pod, doubts }] : [];
  });
  if (doubtful.length > 0) {
    const [first] = doubtful;
    const offenders = [...new Set(doubtful.map(({ pod }) => podLabel(pod)))];
    const doubts = doubtful.flatMap((each) => each.doubts);
    return { ...undecided(intent, subject, name, first.doubts), offenders, doubts };
  }
  return keptOut(intent, subject, name, { leaving: asked.map(({ pod }) => pod), entering: [] }, network);
}

/** What leaves it open whether the pod gets an answer; `undefined` where it surely gets none. */
function doubtsAbout({ resolution, hop }: Asked, network: Network): readonly Doubt[] | undefined {
  if (resolution.result === 'unknown') return resolution.doubts;
  if (resolution.result === 'found') return [...doubtsOf(hop), LOOKUP_DOUBT];
  const open = openNames(resolution, network.cluster);
  return open.length > 0 ? open : undefined;
}

const LOOKUP_DOUBT: Doubt = {
  rule: 'DNS-29',
  wouldDecide: 'policies that let all lookups of the pod through, or none: over UDP and TCP, to each of the DNS pods',
};

function doubtsOf(hop: LookupHop | undefined): readonly Doubt[] {
  return [...(hop?.doubts ?? []), ...(hop?.ways.flatMap(({ doubts }) => doubts) ?? [])];
}

function pairOf({ pod, resolution, hop }: Asked): PairVerdict {
  const decision = hop?.decision ?? 'passes';
  const outcome = decision === 'passes' ? 'allowed' : decision === 'stops' ? 'denied' : 'unknown';
  const hops = hop ? [hop] : [];
  return { from: podLabel(pod), to: resolution.name, source: pod, outcome, hops, doubts: doubtsOf(hop) };
}
