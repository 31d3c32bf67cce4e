import type { Cluster } from '../model/cluster/cluster';
import type { ClusterProfile, ClusterProfileSpec } from '../model/cluster/profile';
import { resolveProfile } from '../model/cluster/resolve-profile';
import type { InputFault } from '../model/finding/input-fault';
import type { Lint } from '../model/finding/lint';
import type { Manifest, Origin } from '../model/finding/origin';
import { type ParseOptions, parseManifests } from '../model/manifest/parse';
import type { Resource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import type { Broken, Checked, Kept } from './checked';
import { contradictions } from './contradictions';
import type { Finding, Fix, KeptPromise } from './finding';
import { fixesFor } from './fixes';
import type { Intent } from './intent';
import { type Judge, judgeOf, networkFor } from './judge';
import { ToldKept } from './kept-promise';
import { promiseText } from './promise-text';
import { withoutRetold } from './retold';
import { groupByCause } from './root-cause';
import { blamedOnNetwork } from './unmet-needs';
import {
  type Acknowledged,
  type Acknowledgement,
  type Assumption,
  acknowledgedOf,
  lintId,
  withoutPresumed,
} from './waivers';

/** What is promised of a cluster, and what somebody answers for. */
export interface Promised {
  readonly intents: readonly Intent[];
  /** What is taken for true though no manifest tells it. @default - nothing */
  readonly assumptions?: readonly Assumption[];
  /** Findings that somebody answers for. @default - none */
  readonly acknowledgements?: readonly Acknowledgement[];
}

/** Everything that a check needs: the final manifests, the cluster they will live on, and the promises. */
export interface CheckInput extends Promised, ParseOptions {
  readonly manifests: readonly Manifest[];
  readonly profile: ClusterProfileSpec;
  /** Where the profile was declared, to blame for what the cluster can't do. */
  readonly profileOrigin?: Origin;
}

export interface CheckReport {
  /** What can't be understood; with faults nothing else is judged. */
  readonly faults: readonly InputFault[];
  /** Promises that do not hold. */
  readonly findings: readonly Finding[];
  /** What is suspicious about the manifests themselves. */
  readonly lints: readonly Lint[];
  readonly kept: readonly KeptPromise[];
  /** Findings and lints that somebody acknowledged. */
  readonly acknowledged: readonly Acknowledged[];
  /** Assumptions without which a promise would not hold, or policies would be read by nobody. */
  readonly assumed: readonly Assumption[];
  /** Acknowledgements and assumptions that nothing needs any more. */
  readonly idle: readonly (Acknowledgement | Assumption)[];
  /** How many objects were judged, and on which network plugin. */
  readonly manifests: number;
  readonly cni: string;
}

/** Whether a report refuses the synth: a fault, or a finding or lint that is more than a warning. */
export function refuses({ faults, findings, lints }: CheckReport): boolean {
  return faults.length > 0 || [...findings, ...lints].some(({ severity }) => severity === 'error');
}

/** Checks every promise on the model of the network: a pure function. */
export function check(input: CheckInput): CheckReport {
  const parsed = parseManifests(input.manifests, input);
  const resolved = resolveProfile({ object: input.profile, origin: input.profileOrigin ?? {} });
  const faults = [...parsed.faults, ...resolved.faults];
  if (faults.length === 0) return checkParsed(input, parsed.resources, resolved.profile);
  const nothing = { findings: [], lints: [], kept: [], acknowledged: [], assumed: [], idle: [] };
  return { faults, ...nothing, ...countsOf(parsed.resources, resolved.profile) };
}

/** The same on objects and a profile that are read already. */
export function checkParsed(input: Promised, resources: readonly Resource[], profile: ClusterProfile): CheckReport {
  return { faults: [], ...judgement(input, resources, profile), ...countsOf(resources, profile) };
}

function countsOf(resources: readonly Resource[], profile: ClusterProfile): Pick<CheckReport, 'manifests' | 'cni'> {
  return { manifests: resources.length, cni: profile.cni.name };
}

type Judgement = Pick<CheckReport, 'findings' | 'lints' | 'kept' | 'acknowledged' | 'assumed' | 'idle'>;

function judgement(input: Promised, resources: readonly Resource[], profile: ClusterProfile): Judgement {
  const { intents, assumptions = [], acknowledgements = [] } = input;
  const judge = judgeOf(resources, intents, assumptions);
  const checked = judge(profile);
  const network = networkFor(resources, profile, intents);
  const { kept, torn } = apartFromTorn(checked, intents, network);
  const broken = causesOf([...checked.filter((c): c is Broken => !c.kept), ...torn], intents, network, judge);
  const answered = acknowledgedOf(broken, ({ cause, intent }) => findingId(cause.code, intent), acknowledgements);
  const presumed = withoutPresumed(network.lints(), assumptions);
  const known = acknowledgedOf(withoutRetold(presumed.lints, broken), lintId, acknowledgements);
  const context = { resources, profile, network, keptBefore: kept, intents, judgeOf, assumptions };
  const acknowledged = [...answered.acknowledged, ...known.acknowledged];
  const assumed = [...new Set([...kept.flatMap(({ assuming = [] }) => assuming), ...presumed.by])];
  const used = new Set<object>([...acknowledged.map(({ by }) => by), ...assumed]);
  return {
    findings: groupByCause(answered.rest).map((group, i) =>
      findingOf(group, i < MOST_TRIED ? fixesFor(group, context) : undefined, network.cluster),
    ),
    lints: known.rest,
    kept: kept.map((each) => new ToldKept(each)),
    acknowledged,
    assumed,
    idle: [...acknowledgements, ...assumptions].filter((waiver) => !used.has(waiver)),
  };
}

/** What holds, and what would hold only by an assumption and contradicts another promise: both can't be. */
function apartFromTorn(
  checked: readonly Checked[],
  intents: readonly Intent[],
  network: Network,
): { readonly kept: readonly Kept[]; readonly torn: readonly Broken[] } {
  const kept = checked.filter((c): c is Kept => c.kept);
  const assumed = kept.filter(({ assuming = [] }) => assuming.length > 0);
  if (assumed.length === 0) return { kept, torn: [] };
  const doubted = new Map(assumed.map((one) => [brokenFrom(one), one]));
  const torn = [...contradictions([...doubted.keys()], intents, network).keys()];
  const lost = new Set(torn.map((one) => doubted.get(one)));
  return { kept: kept.filter((one) => !lost.has(one)), torn };
}

function brokenFrom({ intent, subject, target }: Kept): Broken {
  return { kept: false, intent, subject, target, cause: { code: 'PTL904', doubts: [] }, offenders: [] };
}

/** Why promises break: first that they contradict each other, then that the network does not do what they rely on. */
function causesOf(
  broken: readonly Broken[],
  promised: readonly Intent[],
  network: Network,
  judge: Judge,
): readonly Broken[] {
  if (broken.length === 0) return broken;
  const contradicting = contradictions(broken, promised, network);
  const rest = broken.filter((one) => !contradicting.has(one));
  const blamed = blamedOnNetwork(rest, network.cluster, judge);
  const intents = new Set(blamed.map(({ intent }) => intent));
  return [...contradicting.values(), ...blamed, ...rest.filter(({ intent }) => !intents.has(intent))];
}

/** By which a broken promise is acknowledged. */
function findingId(code: string, intent: Intent): string {
  return `${code}[${intent.id}]`;
}

/** Each fix is tried on all promises that hold, so that only for some root causes there is time; mending these may mend others. */
const MOST_TRIED = 8;

function findingOf(group: readonly Broken[], fixes: readonly Fix[] | undefined, cluster: Cluster): Finding {
  const [{ kept: _, doubts: __, ...first }] = group;
  const intents = [...new Set(group.map((b) => b.intent))];
  const offenders = [...new Set(group.flatMap((b) => b.offenders))];
  const { code } = first.cause;
  return {
    ...first,
    promise: promiseText(first.intent, cluster),
    cause: 'reliant' in first.cause ? { ...first.cause, reliant: intents } : first.cause,
    code,
    id: findingId(code, first.intent),
    // One promise that must hold is enough.
    severity: intents.some(({ severity }) => severity !== 'warning') ? 'error' : 'warning',
    offenders,
    fixes: fixes ?? [],
    isUntried: fixes === undefined ? true : undefined,
    also: intents.slice(1),
    concerns: concernsOf(first, intents).map((intent) => ({ intent, promise: promiseText(intent, cluster) })),
  };
}

function concernsOf(
  { cause, intent }: Pick<Broken, 'cause' | 'intent'>,
  intents: readonly Intent[],
): readonly Intent[] {
  if (cause.code === 'PTL902') return [cause.demanding, cause.forbidding].filter((one) => one !== intent);
  return 'reliant' in cause ? intents.slice(1) : [];
}
