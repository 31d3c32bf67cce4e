import type { LintOf, ObjectName } from '../../model/finding/lint';
import type { PodLintDetail } from '../../model/finding/pod-lint';
import type { LintWording } from './lint-words';
import { quoted } from './wording';

type PodLint = LintOf<PodLintDetail['code']>;

/** Lints about what containers share in a pod, and pods on a node. */
export function podWording(lint: PodLint): LintWording {
  switch (lint.code) {
    case 'PTL320':
      return lint.problem === 'number' ? sharedNumber(lint) : sharedName(lint);
    case 'PTL321':
      return hostPortClash(lint);
    case 'PTL322':
      return portOfTheNode(lint);
  }
}

function portOfTheNode({ object, port, hostNetwork, user, rule, rival }: LintOf<'PTL322'>): LintWording {
  const owner = rival ? objectText(rival) : user;
  const effect = hostNetwork
    ? 'With hostNetwork a pod listens on the ports of its node, and of two only one can listen: whoever starts later fails.'
    : 'A hostPort leads packets for the port of the node to the pod, and so away from whom they were meant for.';
  const moved = {
    'NET-01': 'where it was moved to another port, nothing is wrong',
    'NET-11': 'where the plugin was told another port, say so in the profile',
    'SVC-20': 'or declare the range that the API server has as `nodePortRange`',
  }[rule];
  return {
    title: `${objectText(object)} asks for a port of the node that ${rival ? `leads to ${owner}` : `is taken by ${owner}`}: ${port}`,
    label: rival ? `${owner} asks for it too` : `the port of ${owner}`,
    why: `${effect} ${port} is for ${user} (${rule}).`,
    fix: `choose another port; ${moved}`,
  };
}

function sharedNumber({ object, port, containers: [first, second] }: LintOf<'PTL320'>): LintWording {
  return {
    title: `Containers ${quoted(first)} and ${quoted(second)} of ${objectText(object)} declare one port: ${port}`,
    label: `${quoted(first)} declares it too`,
    why: 'Containers of a pod have one network, so that only one of them can listen there: the second fails with `address already in use`, and is started again and again (NET-07). The number alone opens nothing, so that the API server takes it twice.',
    fix: 'let one of them listen on another port; where only one does, take the port from the other',
  };
}

function sharedName({ object, port, containers: [first, second], ports = ['', ''] }: LintOf<'PTL320'>): LintWording {
  const where = first === second ? `Container ${quoted(first)}` : `Containers ${quoted(first)} and ${quoted(second)}`;
  return {
    title: `${where} of ${objectText(object)} call two ports by one name: ${port}`,
    label: `${quoted(first)} calls ${ports[0]} so`,
    why: `Names of ports are looked up in the pod as a whole: Services that ask for ${quoted(port)} get the first that bears it, ${ports[0]}, and never ${ports[1]} (NET-07, SVC-07).`,
    fix: 'give one of the ports a name of its own',
  };
}

function hostPortClash(lint: LintOf<'PTL321'>): LintWording {
  const { port, hostNetwork } = lint;
  const words = clashText(lint);
  const inHost = hostNetwork ? ' Pods with hostNetwork ask for each port that they declare.' : '';
  return {
    title: words.title,
    label: words.label,
    why: `A node gives ${quoted(port)} to one pod. The scheduler leaves another one pending that asks for it, and the kubelet turns away one that names the node all the same (NET-08).${inHost}`,
    fix: words.fix,
  };
}

const APART = 'keep them on other nodes by `nodeSelector` or affinity';

function clashText(lint: LintOf<'PTL321'>): Omit<LintWording, 'why'> {
  const { object, port, problem, rival, pods = 0, nodes = 0 } = lint;
  const own = objectText(object);
  const other = rival && objectText(rival);
  const both = other ? `${other} and ${own}` : own;
  const without = lint.hostNetwork ? 'leave `hostNetwork` out' : 'leave `hostPort` out and offer it by a Service';
  switch (problem) {
    case 'every-node':
      return {
        title: `${both} ask for one port of every node where they meet: ${port}`,
        label: `${other} asks for it on every such node`,
        fix: `choose another port for one of them, or ${APART}`,
      };
    case 'one-node':
      return {
        title: `${pods} pods of ${both} ask one node for one port: ${port}`,
        label: other ? `${other} asks for it on the same node` : `${pods} pods, and one node`,
        fix: `choose another port${rival ? ' for one of them' : ''}, or let the pods run on other nodes`,
      };
    case 'few-nodes':
      return {
        title: `${pods} pods of ${both} ask for one port of a node each, and there ${nodes === 1 ? 'is 1 node' : `are ${nodes} nodes`} for them: ${port}`,
        label: `${pods} pods, ${nodes === 1 ? '1 node' : `${nodes} nodes`}`,
        fix: `${without}, or run no more pods than there are nodes`,
      };
    case 'any-node':
      return {
        title: `${both} ask for one port of the node, and may run on one: ${port}`,
        label: `${other} asks for it too`,
        fix: `choose another port for one of them, or ${APART}; with nodes enough the scheduler does so by itself`,
      };
  }
}

function objectText({ kind, namespace, name }: ObjectName): string {
  return `${kind} ${quoted(`${namespace}/${name}`)}`;
}
