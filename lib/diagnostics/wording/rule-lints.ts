import { plusPort } from '../../intents/plus-port';
import { withoutKind } from '../../model/cluster/workload';
import type { LintOf } from '../../model/finding/lint';
import { listed } from '../reason';
import { type LintWording, policyText, rulesText } from './lint-words';
import { didYouMean, oneOf, quoted } from './wording';

type RuleLint = LintOf<'PTL134' | 'PTL135' | 'PTL136' | 'PTL137' | 'PTL138' | 'PTL139' | 'PTL143'>;

/** Lints about what the rules of a policy let through. */
export function ruleWording(lint: RuleLint): LintWording {
  const policy = policyText(lint.object);
  switch (lint.code) {
    case 'PTL134':
      return namedPort(lint);
    case 'PTL135':
      return {
        title: `${policy} names port ${lint.port} of Service ${quoted(lint.service)}, whose pods listen on ${lint.containerPort}`,
        label: `a Service port; the packet is for ${lint.containerPort}/${lint.protocol}`,
        why: `A Service's port ends at the Service: the pod's own port, ${lint.containerPort}, stands in place of ${lint.port} before any policy sees the packet (NP-19).`,
        fix: `name the container port: \`port: ${lint.containerPort}\``,
      };
    case 'PTL136':
      return {
        title: `${policy} has an ${lint.rule.direction} rule that adds nothing: others allow all of it`,
        label: `covered by ${rulesText(lint.by, lint.object)}`,
        why: 'Rules and policies add up, in whatever order, and none takes away what another allows (NP-04). Without this rule the same flows pass.',
        fix: 'leave it out; or, if it was meant to restrict, narrow the rule that allows more',
      };
    case 'PTL137':
      return unlisted(lint);
    case 'PTL138':
      return {
        title: `${policy} does not restrict egress: \`egress: []\` says nothing without policyTypes`,
        label: 'restricts nothing',
        why: 'Without policyTypes a policy is for Ingress, and for Egress only where it has an egress rule. An empty list has none: this policy isolates nobody for egress (NP-01).',
        fix: 'to deny all egress add `policyTypes: [Ingress, Egress]`; else leave `egress` out',
      };
    case 'PTL139':
      return otherProtocol(lint);
    case 'PTL143':
      return everyPort(lint);
  }
}

function otherProtocol({ object, port, protocol, declared, workloads, origin }: LintOf<'PTL139'>): LintWording {
  const them = listed(workloads.map((label) => quoted(withoutKind(label))));
  const inPlus = `; in cdk8s-plus pass \`{ ports: [${plusPort(port, declared)}] }\`, for by itself it opens ports as TCP`;
  return {
    title: `${policyText(object)} opens port ${port} for ${protocol}, which ${them} ${has(workloads)} for ${declared}`,
    label: `${port}/${protocol}; declared is ${port}/${declared}`,
    why: `A port of a rule is a number together with a protocol, which is TCP where none is given. Opening ${port}/${protocol} does not open ${port}/${declared} (NP-09).`,
    fix: `write \`protocol: ${declared}\`${origin.construct === undefined ? '' : inPlus}; where the pods listen with ${protocol} too, declare that port as well`,
  };
}

function everyPort({ object, direction, workloads, origin }: LintOf<'PTL143'>): LintWording {
  const them = listed(workloads.map((label) => quoted(withoutKind(label))));
  const fix =
    origin.construct === undefined
      ? 'list the ports that are meant; where all are meant, leave the list out'
      : 'declare the ports of the containers, from which cdk8s-plus takes them, or pass `{ ports: [NetworkPolicyPort.tcp(...)] }`; where all are meant, nothing is wrong';
  return {
    title: `${policyText(object)} opens every port of ${them}, which ${workloads.length === 1 ? 'declares' : 'declare'} none`,
    label: 'an empty list means all ports',
    why: `In an ${direction} rule an empty list of ports is no restriction: it opens all ports of all protocols, and not none (NP-07).`,
    fix,
  };
}

function has(workloads: readonly string[]): string {
  return workloads.length === 1 ? 'has' : 'have';
}

function namedPort({ object, port, problem, has, didYouMean: meant }: LintOf<'PTL134'>): LintWording {
  const [name, protocol] = port.split('/');
  const policy = policyText(object);
  switch (problem) {
    case 'no-such-name':
      return {
        title: `${policy} names a port that no pod has: ${name}`,
        label: `no pod that receives has a port of this name${didYouMean(meant)}`,
        why: `A port's name is looked up among the container ports of each pod that receives; a pod without it matches nothing (NP-21, NP-22). The pods here have ${oneOf(has)}.`,
        fix:
          meant === undefined
            ? 'name a port that the containers declare, or write its number'
            : `write ${quoted(meant)}`,
      };
    case 'other-protocol':
      return {
        title: `${policy} names port ${name} with a protocol that no pod has it with: ${protocol}`,
        label: `the pods have ${oneOf(has.filter((each) => each.startsWith(`${name}/`)))}`,
        why: `A port's name counts together with the protocol, which is TCP where none is given (NP-09). A container port of another protocol does not match (NP-23).`,
        fix: `write \`protocol: ${has.find((each) => each.startsWith(`${name}/`))?.split('/')[1]}\``,
      };
    case 'only-addresses':
      return {
        title: `${policy} names a port of addresses, which have no port names: ${name}`,
        label: 'a name is looked up on pods only',
        why: "In an egress rule a port's name is looked up on the pod that receives. What is outside the cluster has no container ports, so that this never matches it (NP-22).",
        fix: "write the port's number",
      };
  }
}

function unlisted({ object, direction, rules, allowsAll }: LintOf<'PTL137'>): LintWording {
  const type = direction === 'ingress' ? 'Ingress' : 'Egress';
  const count = rules === 1 ? 'this rule is' : `these ${rules} rules are`;
  return {
    title: `${policyText(object)} has ${direction} rules that are never applied: policyTypes lists no ${type}`,
    label: `${count} ignored`,
    why: allowsAll
      ? 'A list of policyTypes is taken at its word: rules of another direction are ignored (NP-02). They do not open the pods where another policy isolates them.'
      : `A list of policyTypes is taken at its word: rules of another direction are ignored (NP-02). This policy isolates nobody for ${direction}; what no other policy isolates stays open.`,
    fix: `add ${type} to policyTypes, or leave the rules out`,
  };
}
