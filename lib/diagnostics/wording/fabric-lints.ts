import type { FabricLintDetail } from '../../model/finding/fabric-lint';
import type { LintOf } from '../../model/finding/lint';
import type { LintWording } from './lint-words';
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
        why: lint.problem,
        fix: lint.expected,
      };
    case 'PTL316':
      return {
        title: `pods are to have addresses of ${lint.range}, which not all of the cluster can carry`,
        label: `not with ${lint.cni}`,
        why: lint.problem,
        fix: 'give pods, Services and nodes ranges of the same families, or run a network plugin that carries them',
      };
    case 'PTL317':
      return {
        title: `pods on ${lint.between[0]} and on ${lint.between[1]} cannot reach each other`,
        label: 'no way between these nodes',
        why: `${lint.because} (NET-04: pods of all nodes must reach each other.)`,
        fix: lint.expected,
      };
    case 'PTL318':
      return archived(lint);
  }
}

function nodeCidrs(lint: LintOf<'PTL310'>): LintWording {
  const { range, maskSize } = lint;
  const rule = 'kube-controller-manager cuts the range of pods into parts of one size, one for each node (NET-02)';
  switch (lint.problem) {
    case 'larger-than-range':
      return {
        title: `a node's part of the pod range is larger than the range: /${maskSize} of ${range}`,
        label: `a /${maskSize} does not fit in ${range}`,
        why: `${rule}; it does not start with a part that is larger than the range.`,
        fix: 'take a shorter prefix for `podCidr`, or a longer one for `nodeCidrMaskSize`',
      };
    case 'too-far-apart':
      return {
        title: `the pod range is too large for its parts: /${maskSize} of ${range}`,
        label: `more than 16 bits shorter than /${maskSize}`,
        why: `${rule}, and keeps a list of them: of IPv6 it takes at most 16 bits between the two.`,
        fix: 'take a longer prefix for `podCidr`, or a shorter one for `nodeCidrMaskSize`',
      };
    case 'too-few':
      return {
        title: `the pod range has parts for ${lint.blocks} node${lint.blocks === 1 ? '' : 's'}, and there are ${lint.nodes}`,
        label: `${lint.blocks} of /${maskSize} in ${range}`,
        why: `${rule}. A node without a part gets no pods: it stays NotReady.`,
        fix: 'take a shorter prefix for `podCidr`, or a longer one for `nodeCidrMaskSize`',
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

function mtu({ mtu, underlay, encapsulation, overhead }: LintOf<'PTL314'>): LintWording {
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
