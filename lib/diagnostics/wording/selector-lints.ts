import type { LintOf } from '../../model/finding/lint';
import { DEFAULT_NAMESPACE } from '../../model/manifest/kinds/metadata';
import { listed } from '../reason';
import { type LintWording, noneHas, policyText } from './lint-words';
import { didYouMean, quoted } from './wording';

type SelectorLint = LintOf<'PTL130' | 'PTL131' | 'PTL132' | 'PTL133'>;

/** Lints about whom a policy selects. */
export function selectorWording(lint: SelectorLint): LintWording {
  switch (lint.code) {
    case 'PTL130':
      return lint.workloads === 0 ? emptyNamespace(lint) : noSubject(lint);
    case 'PTL131':
      return noPeer(lint);
    case 'PTL132':
      return contradiction(lint);
    case 'PTL133': {
      const asked = lint.culprit ?? lint.selector;
      return {
        title: `${policyText(lint.object)} means a namespace that nobody declares: none has ${asked}`,
        label: `${noneHas(lint.namespaces, 'declared namespace', asked)}${didYouMean(lint.didYouMean)}`,
        why: 'A namespaceSelector sees the labels of Namespace objects, not those of what is in them. Every namespace carries its name as `kubernetes.io/metadata.name` (NP-14).',
        fix:
          lint.didYouMean === undefined
            ? 'match the name, or add the label to the Namespace; where the namespace is made elsewhere, declare it here too'
            : `write ${quoted(lint.didYouMean)}`,
      };
    }
  }
}

function noSubject({ object, selector, culprit, workloads, didYouMean: meant }: LintOf<'PTL130'>): LintWording {
  const asked = culprit ?? selector;
  const isOfNamespace = object.namespace !== '';
  const where = isOfNamespace ? ` in ${quoted(object.namespace)}` : ' in its namespaces';
  return {
    title: `${policyText(object)} selects no pod: none${where} has ${asked}`,
    label: `${noneHas(workloads, `workload${workloads === 1 ? where : ''}`, asked)}${didYouMean(meant)}`,
    why: isOfNamespace
      ? 'A policy isolates the pods that it selects, in its own namespace, and no others. A pod that no policy selects lets everything in and out (NP-03).'
      : 'A policy decides about the pods of its subject only, and there are none (NP-43).',
    fix:
      meant === undefined
        ? 'select by the labels of the pods, `spec.template.metadata.labels`; where the pods are made elsewhere, nothing is wrong'
        : `write ${quoted(meant)}`,
  };
}

function emptyNamespace({ object, namespaceMeant }: LintOf<'PTL130'>): LintWording {
  const home = quoted(object.namespace);
  return {
    title: `${policyText(object)} selects no pod: none is declared in ${home}`,
    label: `no pod is declared in namespace ${home}${didYouMean(namespaceMeant)}`,
    why: `A policy selects pods of its own namespace only (NP-03). A manifest without a namespace lands in that of whoever applies it, here taken for \`default\` (NP-44).`,
    fix:
      namespaceMeant === undefined
        ? 'give it the namespace of its pods; where they are made elsewhere, declare the Namespace here'
        : `write ${quoted(`namespace: ${namespaceMeant}`)}, where there are pods that it matches`,
  };
}

function noPeer(lint: LintOf<'PTL131'>): LintWording {
  return lint.elsewhere.length > 0 ? peerElsewhere(lint) : unlabelledPeer(lint);
}

/** NP-11: the peer would select somebody, had it not been for its namespace. */
function peerElsewhere({ object, selector, direction, isWholeRule, elsewhere, origin }: LintOf<'PTL131'>): LintWording {
  const home = quoted(object.namespace);
  const namespaces = [...new Set(elsewhere.map((name) => name.split('/')[0]))];
  const taken = namespaces.includes(DEFAULT_NAMESPACE)
    ? ' A manifest without a namespace lands in that of whoever applies it, here taken for `default` (NP-44).'
    : '';
  const selected = `namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${namespaces[0]} } }`;
  const inPlus = '; cdk8s-plus writes it for pods whose `metadata` or chart has a `namespace`';
  return {
    title: `${policyText(object)} has an ${direction} ${isWholeRule ? 'rule' : 'peer'} that matches nobody: it means pods of ${home} only`,
    label: `${listed(elsewhere.map(quoted))} would match, and ${elsewhere.length === 1 ? 'is' : 'are'} not in ${home}`,
    why: `A podSelector without a namespaceSelector beside it means pods of the policy's own namespace, and none there has ${selector} (NP-11).${taken}`,
    fix: `add ${quoted(selected)} to the peer${origin.construct === undefined ? '' : inPlus}`,
  };
}

function unlabelledPeer(lint: LintOf<'PTL131'>): LintWording {
  const { object, selector, culprit, workloads, direction, isWholeRule, didYouMean: meant } = lint;
  const asked = culprit ?? selector;
  return {
    title: `${policyText(object)} has an ${direction} ${isWholeRule ? 'rule' : 'peer'} that matches nobody: no pod has ${asked}`,
    label: `${noneHas(workloads, 'workload', asked)}${didYouMean(meant)}`,
    why: 'A peer is matched by the labels that pods carry, not by those of their Deployments or Services; both selectors of one item must match (NP-10, NP-18).',
    fix:
      meant === undefined
        ? 'match the labels of the pods, `spec.template.metadata.labels`; where the pods are made elsewhere, nothing is wrong'
        : `write ${quoted(meant)}`,
  };
}

function contradiction({ object, of, what, text }: LintOf<'PTL132'>): LintWording {
  if (what === 'block') {
    return {
      title: `${policyText(object)} has a block without any address: ${text}`,
      label: 'the exceptions take all of it',
      why: 'The exceptions of a block are taken out of it, and nothing is left (NP-15). They deny nothing: what another peer, rule or policy allows stays allowed.',
      fix: 'leave out the peer, or the exception that takes too much',
    };
  }
  return {
    title: `${policyText(object)} can never ${of === 'subject' ? 'select a pod' : 'match a peer'}: ${quoted(text)} contradicts itself`,
    label: 'these requirements exclude each other',
    why: 'All requirements of a selector must hold at once (NP-13), which no set of labels can do here.',
    fix:
      of === 'subject'
        ? 'write alternatives as values of one `In`, or as several policies'
        : 'write alternatives as values of one `In`, or as several items of the list, which are alternatives (NP-10)',
  };
}
