import { inNamespace } from '../model/cluster/pod-selection';
import type { NetworkPolicyPeer, NetworkPolicyPort, Resource, ServiceResource } from '../model/manifest/resources';
import type { RuleOrigin } from '../model/policy/language';
import { LabelSelector } from '../model/values/label-selector';
import type { Candidate, FixContext } from './candidate';
import type { Change } from './change';
import type { Broken, Checked } from './checked';
import type { Fix } from './finding';
import { isYaml, labelsCode } from './fix-code';
import { closeNamespace } from './fix-deny';
import { allowDns } from './fix-dns';
import { narrowRules } from './fix-narrow';
import { changeProtocol, nameNamespace } from './fix-near-rule';
import { meetNeed } from './fix-need';
import { openEnds } from './fix-open';
import { declareUse } from './fix-use';
import { editPolicy, editRule } from './policy-rules';

/**
 * The fixes that the model has tried for promises of one root cause: the first of them then holds, and so does every promise
 * that held before.
 */
export function fixesFor(group: readonly Broken[], context: FixContext): readonly Fix[] {
  return candidatesFor(group[0], context).flatMap((candidate) => {
    const left = leftBroken(candidate, group, context);
    return left === undefined ? [] : [left === 0 ? candidate.fix : { ...candidate.fix, left }];
  });
}

/** How many of the promises a change leaves broken; `undefined` where it mends not even the first, or breaks another. */
function leftBroken(candidate: Candidate, group: readonly Broken[], context: FixContext): number | undefined {
  const { keptBefore, intents, assumptions, judgeOf, resources, profile } = context;
  const concerned = new Set([...group, ...keptBefore].map(({ intent }) => intent));
  const judge = judgeOf(
    resources,
    intents.filter((intent) => concerned.has(intent)),
    assumptions,
  );
  const checked = judge(candidate.profile ?? profile, candidate.resources);
  const broken = new Set(checked.filter((one) => !one.kept).map(partOf));
  if (broken.has(partOf(group[0])) || keptBefore.some((one) => broken.has(partOf(one)))) return undefined;
  return new Set(group.filter((one) => broken.has(partOf(one))).map(({ intent }) => intent)).size;
}

/** A promise about several ends is kept or broken for each of them. */
function partOf({ intent, subject, target }: Checked): string {
  return `${intent.id} ${subject} ${target}`;
}

function candidatesFor(broken: Broken, context: FixContext): readonly Candidate[] {
  const { cause } = broken;
  switch (cause.code) {
    case 'PTL101':
      return openBoth(broken, context);
    case 'PTL102':
      return cause.wouldConnect || broken.intent.verb === 'toResolve'
        ? allowDns(cause.stop, context.resources)
        : [
            ...declareUse(broken, context.resources),
            ...allowDns(cause.stop, context.resources).flatMap((dns) => andOpen(dns, broken)),
          ].slice(0, 1);
    case 'PTL103':
      return [changePort(cause.miss.rule, cause.servicePort, cause.containerPort, context)];
    case 'PTL106':
      return changeProtocol(broken, cause, context.resources);
    case 'PTL107':
      return nameNamespace(broken, cause, context.resources);
    case 'PTL104':
      // NP-07: it is the list of ports that is wrong, and only the author knows which were meant.
      return cause.allPorts || cause.inPod ? [] : closing(broken, context);
    case 'PTL113':
    case 'PTL114':
    case 'PTL120':
    case 'PTL701':
      return closing(broken, context);
    case 'PTL110':
      return cause.didYouMean ? [changeSubject(cause.policy, cause.selector, cause.didYouMean, context)] : [];
    case 'PTL111':
      return cause.didYouMean ? [changePeerLabel(cause.miss.rule, cause.selector, cause.didYouMean, context)] : [];
    case 'PTL112':
      return [changeNamespace(cause.miss.rule, cause.selector, cause.namespace, context)];
    case 'PTL202':
      return cause.didYouMean ? [changeSelector(cause.service, cause.selector, cause.didYouMean, context)] : [];
    case 'PTL204':
      return cause.didYouMean ? [changeTargetPort(cause.service, cause.targetPort, cause.didYouMean, context)] : [];
    case 'PTL207':
      return useAllEndpoints(cause.service, context);
    case 'PTL503':
      return cause.isAlias ? [renameAlias(cause.leadsTo, cause.wanted, context)] : [];
    case 'PTL301':
    case 'PTL303':
    case 'PTL304':
    case 'PTL305':
    case 'PTL306':
      return meetNeed(cause, context);
    default:
      return [];
  }
}

/** Of more changes to one rule than this none is tried: each trial judges every promise. */
const MOST = 4;

function closing(broken: Broken, { resources }: FixContext): readonly Candidate[] {
  return [...narrowRules(broken, resources), ...closeNamespace(broken, resources)].slice(0, MOST);
}

/** A use, for apps that can declare one; else the rules themselves. */
function openBoth(broken: Broken, { resources }: FixContext): readonly Candidate[] {
  const uses = declareUse(broken, resources);
  return uses.length > 0 ? uses : openEnds(broken, resources);
}

function andOpen(dns: Change, broken: Broken): readonly Candidate[] {
  return openEnds(broken, dns.resources).map(({ fix, resources }) => ({
    fix: { summary: `${dns.fix.summary}, and ${fix.summary}`, add: `${dns.fix.add}\n${fix.add}` },
    resources,
  }));
}

function changeSelector(service: string, from: string, to: string, context: FixContext): Candidate {
  const [key, value] = keyAndValue(to);
  const edit = (s: ServiceResource): ServiceResource => {
    const others = [...(s.selector ?? [])].filter(([k, v]) => k !== key && v !== value);
    return { ...s, selector: new Map([...others, [key, value]]) };
  };
  return {
    fix: { summary: 'select the pods that there are', remove: from, add: to },
    resources: editService(service, context, edit),
  };
}

function changePort(rule: RuleOrigin, from: number, to: number, context: FixContext): Candidate {
  const port = (p: NetworkPolicyPort): NetworkPolicyPort =>
    p.type === 'range' && p.first === from && p.last === from ? { ...p, first: to, last: to } : p;
  return {
    fix: { summary: 'name the container port, which is what policies see', remove: `port ${from}`, add: `port ${to}` },
    resources: editRule(rule, context.resources, (r) => ({ ...r, ports: r.ports.map(port) })),
  };
}

function changeSubject(policy: RuleOrigin, from: string, to: string, context: FixContext): Candidate {
  return {
    fix: { summary: 'select the pods that there are', remove: from, add: to },
    resources: editPolicy(policy, context.resources, (p) => ({ ...p, podSelector: withLabel(p.podSelector, to) })),
  };
}

function changePeerLabel(rule: RuleOrigin, from: string, to: string, context: FixContext): Candidate {
  const peer = (p: NetworkPolicyPeer): NetworkPolicyPeer =>
    p.type === 'pods' && p.podSelector?.toString() === from ? { ...p, podSelector: withLabel(p.podSelector, to) } : p;
  return {
    fix: { summary: 'use the label that the pods carry', remove: from, add: to },
    resources: editRule(rule, context.resources, (r) => ({ ...r, peers: r.peers.map(peer) })),
  };
}

function changeNamespace(rule: RuleOrigin, from: string, namespace: string, context: FixContext): Candidate {
  const peer = (p: NetworkPolicyPeer): NetworkPolicyPeer =>
    p.type === 'pods' && p.namespaceSelector?.toString() === from
      ? { ...p, namespaceSelector: inNamespace(namespace) }
      : p;
  const name = inNamespace(namespace);
  const [remove, add] = isYaml(rule.origin)
    ? [`namespaceSelector: with ${from}`, `namespaceSelector: { matchLabels: ${labelsCode(name)} }`]
    : [`namespaces with ${from}`, `namespaces with ${name}, e.g. namespace('${namespace}')`];
  return {
    fix: {
      summary: 'match the name, which every namespace carries',
      remove,
      add,
    },
    resources: editRule(rule, context.resources, (r) => ({ ...r, peers: r.peers.map(peer) })),
  };
}

function changeTargetPort(service: string, from: string, to: string, context: FixContext): Candidate {
  const edit = (s: ServiceResource): ServiceResource => ({
    ...s,
    ports: s.ports.map((port) => (String(port.targetPort) === from ? { ...port, targetPort: to } : port)),
  });
  return {
    fix: {
      summary: 'name a port that the pods have',
      remove: `targetPort: ${literal(from)}`,
      add: `targetPort: ${literal(to)}`,
    },
    resources: editService(service, context, edit),
  };
}

/** @param name as findings have it: `namespace/name` */
function editService(
  name: string,
  { resources }: FixContext,
  edit: (service: ServiceResource) => ServiceResource,
): readonly Resource[] {
  return resources.map((r) => (r.type === 'service' && `${r.namespace}/${r.name}` === name ? edit(r) : r));
}

/** Names are quoted in YAML and TypeScript alike, numbers are not. */
function literal(port: string): string {
  return /^\d+$/.test(port) ? port : `'${port}'`;
}

/** SVC-13, SVC-14: what keeps clients to their own node is the policy, not the lack of endpoints. */
function useAllEndpoints(service: string, context: FixContext): readonly Candidate[] {
  const policies = ['internalTrafficPolicy', 'externalTrafficPolicy'] as const;
  return policies.flatMap((policy) => {
    const isIt = (r: Resource): r is ServiceResource =>
      r.type === 'service' && `${r.namespace}/${r.name}` === service && r[policy] === 'Local';
    if (!context.resources.some(isIt)) return [];
    const resources = context.resources.map((r) => (isIt(r) ? { ...r, [policy]: 'Cluster' as const } : r));
    const summary = 'send clients to the endpoints of every node';
    return [{ fix: { summary, remove: `${policy}: 'Local'`, add: `${policy}: 'Cluster'` }, resources }];
  });
}

function renameAlias(from: string, to: string, context: FixContext): Candidate {
  return {
    fix: { summary: 'name the host that is meant', remove: `externalName: '${from}'`, add: `externalName: '${to}'` },
    resources: context.resources.map((r) =>
      r.type === 'service' && r.externalName?.replace(/\.$/, '') === from ? { ...r, externalName: to } : r,
    ),
  };
}

/** The selector with the suggested label in place of the one that it misspells, by key or by value. */
function withLabel(selector: LabelSelector, label: string): LabelSelector {
  const [key, value] = keyAndValue(label);
  const others = selector.requirements.filter((r) => r.key !== key && !r.values.includes(value));
  return LabelSelector.of([...others, { key, operator: 'In', values: [value] }]);
}

/** Of a label as findings have it: `app=web`. */
function keyAndValue(label: string): readonly [key: string, value: string] {
  return [label.slice(0, label.indexOf('=')), label.slice(label.indexOf('=') + 1)];
}
