import type { ClusterProfile, ClusterProfileSpec } from '../model/cluster/profile';
import { resolveProfile } from '../model/cluster/resolve-profile';
import type { InputFault } from '../model/finding/input-fault';
import type { Manifest, Origin } from '../model/finding/origin';
import { parseManifests } from '../model/manifest/parse';
import type { Resource } from '../model/manifest/resources';
import { Network } from '../model/network';
import type { RuleOrigin } from '../model/policy/language';
import { groupBy } from '../model/values/group-by';
import type { Broken, Checked, Kept } from './checked';
import type { EndpointRef } from './endpoint';
import type { Finding, KeptPromise } from './finding';
import { fixesFor } from './fixes';
import type { Intent } from './intent';
import { mentionsOf, resolveEndpoint } from './resolve';
import { checkNotToReach } from './verbs/not-to-reach';
import { checkToBeExposedTo } from './verbs/to-be-exposed-to';
import { checkToBeReachedOnlyBy } from './verbs/to-be-reached-only-by';
import { checkToReach } from './verbs/to-reach';
import { checkToResolve } from './verbs/to-resolve';

/** Everything that a check needs: the final manifests, the cluster they will live on, and the promises. */
export interface CheckInput {
  readonly manifests: readonly Manifest[];
  readonly profile: ClusterProfileSpec;
  /** Where the profile was declared, to blame for what the cluster can't do. */
  readonly profileOrigin?: Origin;
  readonly intents: readonly Intent[];
}

export interface CheckReport {
  /** What can't be understood; with faults nothing else is judged. */
  readonly faults: readonly InputFault[];
  readonly findings: readonly Finding[];
  readonly kept: readonly KeptPromise[];
  /** How many objects were judged, and on which network plugin. */
  readonly manifests: number;
  readonly cni: string;
}

/** Checks every promise on the model of the network: a pure function. */
export function check(input: CheckInput): CheckReport {
  const parsed = parseManifests(input.manifests);
  const resolved = resolveProfile({ object: input.profile, origin: input.profileOrigin ?? {} });
  const faults = [...parsed.faults, ...resolved.faults];
  const counts = { manifests: parsed.resources.length, cni: resolved.profile.cni.name };
  if (faults.length > 0) return { faults, findings: [], kept: [], ...counts };

  const judge = judgeOf(parsed.resources, input.intents);
  const checked = judge(resolved.profile);
  const broken = checked.filter((c): c is Broken => !c.kept);
  const unenforced = unenforcedPromises(broken, judge, resolved.profile, parsed.resources, input.profileOrigin);
  const own = broken.filter((b) => !unenforced?.cause.reliant.includes(b.intent));
  const findings = [...(unenforced ? [unenforced.broken] : []), ...own];
  const keptBefore = checked.filter((c): c is Kept => c.kept);
  return {
    faults,
    findings: groupByCause(findings).map((group) =>
      findingOf(group, parsed.resources, resolved.profile, keptBefore, input.intents),
    ),
    kept: keptBefore.map(keptPromise),
    ...counts,
  };
}

type Judge = (profile: ClusterProfile, changed?: readonly Resource[]) => readonly Checked[];

/** Judges promises on variations of one app: another profile, or resources with a fix tried on. */
export function judgeOf(resources: readonly Resource[], intents: readonly Intent[]): Judge {
  const mentions = intents.flatMap((intent) => endpointsOf(intent).flatMap(mentionsOf));
  return (profile, changed = resources) => {
    const network = Network.of(changed, profile, mentions);
    return intents.flatMap((intent) => checkIntent(intent, network));
  };
}

function endpointsOf(intent: Intent): readonly EndpointRef[] {
  switch (intent.verb) {
    case 'toReach':
      return [intent.subject, ...intent.targets];
    case 'toBeReachedOnlyBy':
      return [intent.subject, ...intent.sources];
    case 'toBeExposedTo':
      return [intent.subject, intent.zone, ...intent.except];
    case 'toResolve':
      return [intent.subject, ...(intent.to ? [intent.to] : [])];
    case 'toRouteTo':
      return [intent.subject, intent.backend];
    case 'none':
      return [intent.subject];
  }
}

function checkIntent(intent: Intent, network: Network): readonly Checked[] {
  switch (intent.verb) {
    case 'toReach':
      return intent.negated ? checkNotToReach(intent, network) : checkToReach(intent, network);
    case 'toBeReachedOnlyBy':
      return checkToBeReachedOnlyBy(intent, network);
    case 'toBeExposedTo':
      return checkToBeExposedTo(intent, network);
    case 'toResolve':
      return checkToResolve(intent, network);
    case 'toRouteTo': {
      const doubt = { rule: 'ING-08', wouldDecide: 'a model of Ingress and its controllers, which is not built yet' };
      const subject = resolveEndpoint(intent.subject, network.cluster).label;
      const target = resolveEndpoint(intent.backend, network.cluster).label;
      return [
        {
          kept: false,
          intent,
          subject,
          target,
          cause: { code: 'PTL904', doubts: [doubt] },
          offenders: [],
        },
      ];
    }
    case 'none':
      return [
        {
          kept: false,
          intent,
          subject: resolveEndpoint(intent.subject, network.cluster).label,
          target: '',
          cause: { code: 'PTL903' },
          offenders: [],
        },
      ];
  }
}

/** NP-37: promises that hold where NetworkPolicy is enforced and break on this network fail for that one reason. */
function unenforcedPromises(
  broken: readonly Broken[],
  judge: Judge,
  profile: ClusterProfile,
  resources: readonly Resource[],
  blame: Origin | undefined,
) {
  const policies = resources.filter((resource) => resource.type === 'networkPolicy').length;
  if (profile.capabilities.enforcesNetworkPolicy || policies === 0 || broken.length === 0) return undefined;
  const enforcing = { ...profile, capabilities: { ...profile.capabilities, enforcesNetworkPolicy: true } };
  const still = new Set(judge(enforcing).flatMap((c) => (c.kept ? [] : [c.intent])));
  const reliant = [...new Set(broken.map((b) => b.intent))].filter((intent) => !still.has(intent));
  if (reliant.length === 0) return undefined;
  const cause = { code: 'PTL301' as const, cni: profile.cni.name, policies, reliant };
  const first = broken.find((b) => b.intent === reliant[0])!;
  return { cause, broken: { ...first, cause, blame, example: undefined, offenders: [] } satisfies Broken };
}

/** Promises that break for one root cause are one finding; the others are its `also`. */
function groupByCause(broken: readonly Broken[]): readonly (readonly Broken[])[] {
  return [...groupBy(broken, (b) => rootOf(b) ?? b).values()];
}

/** What two promises share when they break for one reason; `undefined` where each is its own. */
function rootOf({ cause, intent }: Broken): string | undefined {
  switch (cause.code) {
    case 'PTL102':
      return `PTL102 ${cause.isolator ? ruleKey(cause.isolator) : cause.stop.at.namespace.name}`;
    case 'PTL103':
    case 'PTL111':
    case 'PTL112':
      return `${cause.code} ${ruleKey(cause.miss.rule)}`;
    case 'PTL105':
      return `PTL105 ${ruleKey(cause.denial)}`;
    case 'PTL110':
      return `PTL110 ${ruleKey(cause.policy)}`;
    case 'PTL201':
      return `PTL201 ${cause.service} ${cause.port}`;
    case 'PTL202':
    case 'PTL205':
      return `${cause.code} ${cause.service}`;
    case 'PTL502':
      return `PTL502 ${cause.name}`;
    case 'PTL207':
    case 'PTL208':
      return `${cause.code} ${cause.service}`;
    case 'PTL204':
      return `PTL204 ${cause.service} ${cause.port}`;
    case 'PTL302':
      return `PTL302 ${cause.kinds.join()}`;
    case 'PTL301':
      return 'PTL301';
    default:
      return intent.verb === 'toReach' ? undefined : `${cause.code} ${intent.id}`;
  }
}

function ruleKey(rule: RuleOrigin): string {
  return `${rule.kind} ${rule.namespace}/${rule.name} ${rule.direction} ${rule.index ?? ''}`;
}

function findingOf(
  group: readonly Broken[],
  resources: readonly Resource[],
  profile: ClusterProfile,
  keptBefore: readonly Kept[],
  intents: readonly Intent[],
): Finding {
  const [{ kept: _, ...first }] = group;
  const reliant = first.cause.code === 'PTL301' ? first.cause.reliant : [];
  const also = [...new Set([...reliant, ...group.slice(1).map((b) => b.intent)])].filter((i) => i !== first.intent);
  const offenders = [...new Set(group.flatMap((b) => b.offenders))];
  const fixes = fixesFor(group[0], { resources, profile, keptBefore, intents, judgeOf });
  return { ...first, code: first.cause.code, severity: 'error', offenders, fixes, also };
}

function keptPromise({ intent, subject, target, decidedBy }: Kept): KeptPromise {
  return { intent, subject, target, decidedBy: [...new Set(decidedBy.map(ruleText))] };
}

function ruleText({ kind, namespace, name, direction, index }: RuleOrigin): string {
  return `${kind} ${namespace}/${name}${index === undefined ? '' : ` ${direction} rule ${index}`}`;
}
