import type { FabricLintDetail } from '../../model/finding/fabric-lint';
import type { LintOf } from '../../model/finding/lint';
import type { LintWording } from './lint-words';
import { shutByFirewall } from './node-firewall';
import { quoted } from './wording';

type FabricLint = LintOf<FabricLintDetail['code']>;

/** Lints about the pod network that a profile describes. */
export function fabricWording(lint: FabricLint): LintWording {
  switch (lint.code) {
    case 'PTL310':
      return nodeCidrs(lint);
    case 'PTL312':
      return overlap(lint);
    case 'PTL313':
      return {
        title: `${quoted(lint.option)} has a size that does not fit: ${lint.got}`,
        label: `must be ${lint.expected}`,
        why: lint.rule,
        fix: `write ${lint.expected}`,
      };
    case 'PTL314':
      return mtu(lint);
    case 'PTL315':
      return {
        title: `the network plugin cannot do what ${quoted(lint.option)} asks for`,
        label: 'not with this',
        why: sentence(lint.problem),
        fix: lint.expected,
      };
    case 'PTL316':
      return {
        title: `${lint.range} is of a family that not all of the cluster has`,
        label: 'not everywhere in this cluster',
        why: lint.problem,
        fix: 'give pods, Services and nodes ranges of the same families, or run a network plugin that carries them',
      };
    case 'PTL317':
      return {
        title: `pods on ${lint.between[0]} and on ${lint.between[1]} cannot reach each other`,
        label: 'no way between these nodes',
        why: `${sentence(lint.because)} Pods of all nodes must reach each other (NET-04).`,
        fix: lint.expected,
      };
    case 'PTL331':
      return shutByFirewall(lint);
    case 'PTL318':
      return archived(lint);
  }
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}

function nodeCidrs(lint: LintOf<'PTL310'>): LintWording {
  const { range, maskSize } = lint;
  const rule = 'The range of pods is cut into parts of one size, one for each node (NET-02)';
  switch (lint.problem) {
    case 'larger-than-range':
      return {
        title: `a node's part of the pod range is larger than the range: /${maskSize} of ${range}`,
        label: `a /${maskSize} does not fit in ${range}`,
        why: `${rule}. A part that is larger than the whole can't be had: kube-controller-manager, or the operator of the plugin, does not start.`,
        fix: 'take a shorter prefix for `podCidr`, or a longer one for `nodeCidrMaskSize`',
      };
    case 'too-far-apart':
      return {
        title: `the pod range is too large for its parts: /${maskSize} of ${range}`,
        label: `more than 16 bits shorter than /${maskSize}`,
        why: `${rule}. Whoever does so keeps a list of them, and takes of IPv6 at most 16 bits between the two.`,
        fix: 'take a longer prefix for `podCidr`, or a shorter one for `nodeCidrMaskSize`',
      };
    case 'too-few':
      return {
        title: `the pod range has parts for ${lint.blocks} node${lint.blocks === 1 ? '' : 's'}, and there are ${lint.nodes}`,
        label: `${lint.blocks} of /${maskSize} in ${range}`,
        why: `${rule}. A node without a part gets no pods: it stays NotReady.`,
        fix: 'take a shorter prefix for `podCidr`, or a longer one for `nodeCidrMaskSize`',
      };
    case 'outside':
      return {
        title: `the part of node ${lint.node} is not in the pod range: ${lint.nodeCidr} of ${range}`,
        label: `does not hold ${lint.nodeCidr}`,
        why: `${rule}. The Node object tells what its pods get: then the profile tells another cluster.`,
        fix: 'write the range that the cluster has into `podCidr`',
      };
    case 'few-pods':
      return {
        title: `a node's part of the pod range holds fewer pods than kubelet starts: ${lint.pods} of ${lint.usual}`,
        label: `/${maskSize} of ${range} has ${lint.pods} addresses`,
        why: `${rule}. kubelet starts up to ${lint.usual} pods unless its \`maxPods\` says otherwise; those beyond the addresses wait without one.`,
        fix: 'take a shorter prefix for the parts; where `maxPods` is lower, nothing is wrong',
      };
  }
}

function overlap({ of, range, other, otherRange }: LintOf<'PTL312'>): LintWording {
  return {
    title: `${of} and ${other} have addresses in common: ${range} and ${otherRange}`,
    label: `overlaps with ${otherRange} (${other})`,
    why: 'Packets to an address that two networks have go to one of them, and the other is cut off. The ranges of pods, Services, nodes and joined networks must not overlap (NET-03).',
    fix: 'give one of them a range of its own',
  };
}

function mtu(lint: LintOf<'PTL314'>): LintWording {
  const { mtu } = lint;
  if ('least' in lint) {
    return {
      title: `packets of pods are too small for IPv6: ${mtu} bytes, at least ${lint.least}`,
      label: `at least ${lint.least} for pods`,
      why: `Every link that carries IPv6 must take packets of ${lint.least} bytes (RFC 8200), and what wraps them takes some of what the nodes carry (NET-06).`,
      fix: 'let the network between the nodes carry larger packets, or give pods IPv4 addresses alone',
    };
  }
  const { underlay, encapsulation, overhead } = lint;
  const most = underlay - overhead;
  const wrapped = overhead === 0 ? '' : ` and ${encapsulation} takes ${overhead} of them`;
  return {
    title: `packets of pods are larger than the network between the nodes carries: ${mtu} bytes, at most ${most}`,
    label: `at most ${most}`,
    why: `The network between the nodes carries ${underlay} bytes,${wrapped} (NET-06). Larger packets are dropped or cut: small requests pass, and large answers hang.`,
    fix: `let pods have an MTU of ${most} or less`,
  };
}

function archived({ cni, since, successor }: LintOf<'PTL318'>): LintWording {
  return {
    title: `${cni} is no longer maintained`,
    label: `archived in ${since}`,
    why: `The project of ${cni} was archived in ${since}: nobody mends its faults, and nobody tries it with newer versions of Kubernetes.`,
    fix:
      successor === undefined
        ? 'run a network plugin that is maintained'
        : `run ${successor}, or another network plugin that is maintained`,
  };
}
