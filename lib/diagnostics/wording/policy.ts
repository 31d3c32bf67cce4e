import type { Cause, Finding } from '../../intents/finding';
import { DEFAULT_NAMESPACE } from '../../model/manifest/kinds/metadata';
import type { PolicyHop } from '../../model/reach/verdict';
import { listed, policyName } from '../reason';
import { didYouMean, literalsOf, named, quoted, type Wording } from './wording';

type PolicyCause = Cause & {
  code: 'PTL101' | 'PTL103' | 'PTL105' | 'PTL106' | 'PTL107' | 'PTL110' | 'PTL111' | 'PTL112';
};

export function policyWording({ subject, target, intent, offenders }: Finding, cause: PolicyCause): Wording {
  const cannot = `${named(subject)} cannot reach ${named(target)}`;
  switch (cause.code) {
    case 'PTL101':
      return { title: `${cannot}: ${unlet(cause.stop)}`, ...unletBecause(cause) };
    case 'PTL103':
      return {
        title: `${cannot}: the rule meant for it names the Service port`,
        culprits: [String(cause.servicePort), 'ports'],
        label: `allows ${cause.miss.wants.traffic}; the packet is for ${cause.stop.traffic}`,
        why: `A Service's port ends at the Service: kube-proxy has put the pod's own port, ${cause.containerPort}, in place of ${cause.servicePort} before any policy sees the packet (NP-19).`,
        advice: `name the container port ${cause.containerPort}`,
      };
    case 'PTL105': {
      const { stop, denial } = cause;
      const way = stop.hop === 'egress-policy' ? 'out of' : 'into';
      return {
        title: `${cannot}: ${policyName(denial)} denies it`,
        label: `denies ${stop.traffic} ${way} ${podName(stop.at)}`,
        why: `Administrators' rules are read from the top, before any NetworkPolicy is asked in the Admin tier and after all of them in the Baseline tier; the first that matches decides, and no NetworkPolicy can take a denial of the Admin tier back (NP-43).`,
        advice: 'put a rule before it that accepts this flow, or that passes it on to the NetworkPolicies',
      };
    }
    case 'PTL106': {
      const { port, protocol, ruleProtocol } = cause;
      return {
        title: `${cannot}: the rule meant for it is for ${ruleProtocol}, the port is ${protocol}`,
        culprits: [String(port), 'ports'],
        label: `allows ${cause.miss.wants.traffic}; the packet is for ${cause.stop.traffic}`,
        why: `A port of a rule is a number together with a protocol, which is TCP where none is given. ${port}/${ruleProtocol} and ${port}/${protocol} are two ports, and opening one does not open the other (NP-09).`,
        advice: `write \`protocol: ${protocol}\` beside the port, in the rules of both ends`,
      };
    }
    case 'PTL107': {
      const [home, other] = [quoted(cause.miss.rule.namespace), quoted(cause.namespace)];
      const otherPod = cause.stop.hop === 'egress-policy' ? named(target) : named(subject);
      const taken =
        cause.namespace === DEFAULT_NAMESPACE
          ? ' A manifest without a namespace lands in that of whoever applies it, here taken for `default` (NP-44).'
          : '';
      return {
        title: `${cannot}: the rule meant for it selects pods of ${home} only, and ${otherPod} is in ${other}`,
        culprits: [...literalsOf(cause.selector), 'podSelector'],
        label: `means pods of ${home} with ${cause.selector}`,
        why: `A podSelector without a namespaceSelector beside it means pods of the policy's own namespace (NP-11).${taken}`,
        advice: `add \`namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${cause.namespace} } }\` to the peer`,
      };
    }
    case 'PTL110': {
      if (cause.stop) return unapplied(cannot, { ...cause, stop: cause.stop });
      const [first, ...others] = offenders;
      const more = others.length === 0 ? named(first ?? 'others') : `${offenders.length} others`;
      const broken =
        intent.verb === 'toReach'
          ? `${named(subject)} can reach ${named(target)}`
          : `${named(subject)} is open to ${more} that may not reach it`;
      return {
        title: `${broken}: its policy selects no pod`,
        culprits: [...literalsOf(cause.selector), 'podSelector', 'appliesTo'],
        label: `no pod in ${quoted(cause.policy.namespace)} has ${cause.selector}${didYouMean(cause.didYouMean)}`,
        why: `A NetworkPolicy protects the pods that it selects. ${policyName(cause.policy)} selects none of those in ${quoted(cause.policy.namespace)}, and a pod that no policy selects lets everything in (NP-03).`,
        advice: 'select the construct, which can not be misspelt: `appliesTo: this.db`',
      };
    }
    case 'PTL111':
      return {
        title: `${cannot}: the rule meant for it selects pods by a label that none has`,
        culprits: literalsOf(cause.selector),
        label: `no pod has ${cause.selector}${didYouMean(cause.didYouMean)}`,
        why: `A peer is matched by the labels that pods carry. No pod carries ${quoted(cause.selector)}, so this rule of ${policyName(cause.miss.rule)} lets nobody through (NP-10, NP-18).`,
        advice: 'name the app instead of its labels: `from: [this.web]`',
      };
    case 'PTL112':
      return {
        title: `${cannot}: the rule meant for it matches no namespace`,
        culprits: [...literalsOf(cause.selector), 'namespaceSelector', 'from'],
        label: `no namespace has ${cause.selector}`,
        why: `A namespaceSelector sees only labels on the Namespace object, not on what is in it. ${quoted(cause.namespace)} carries ${cause.namespaceLabels.join(', ')} (NP-14).`,
        advice: `match the name, which every namespace carries, or add the label to the Namespace ${cause.namespace}`,
        ...namespaceNote(cause),
      };
  }
}

/** Where the label really is, else why it is known that the Namespace has none. */
function namespaceNote({
  carrier,
  selector,
  namespace,
  declared,
}: PolicyCause & { code: 'PTL112' }): Pick<Wording, 'note' | 'noteAt'> {
  if (carrier) {
    const note = `${quoted(selector)} is a label of the pods of ${quoted(carrier.name)}, not of their Namespace`;
    return { note, noteAt: carrier.origin };
  }
  if (!declared) return {};
  return {
    note: `${quoted(namespace)} is declared here, so its labels are known; of one made elsewhere nobody could tell`,
  };
}

function unlet({ hop, at, traffic }: PolicyHop): string {
  return `no rule lets ${traffic} ${hop === 'egress-policy' ? 'out of' : 'into'} ${podName(at)}`;
}

function isolated({ hop, at, decidedBy }: PolicyHop): Pick<Wording, 'label' | 'why' | 'advice'> {
  const isEgress = hop === 'egress-policy';
  const isolators = [...new Set(decidedBy.map(policyName))];
  const isolate = isolators.length === 1 ? 'isolates' : 'isolate';
  const direction = isEgress ? 'egress' : 'ingress';
  return {
    label: `isolates ${podName(at)} for ${direction}, and no rule matches this flow`,
    why: `${listed(isolators)} ${isolate} ${podName(at)} for ${direction}: only what some rule allows gets ${isEgress ? 'out' : 'in'}. The sender's egress and the receiver's ingress must both allow a flow (NP-03, NP-05).`,
    advice: 'open it at both ends: `app.use(port)` does so for apps, `new NetworkPolicy(...)` for anything else',
  };
}

function unletBecause({ stop, ignored, onNodeNetwork }: PolicyCause & { code: 'PTL101' }) {
  if (onNodeNetwork !== undefined) return selectedInVain(onNodeNetwork);
  return ignored ? leftOut(ignored) : isolated(stop);
}

/** NP-28 */
function selectedInVain(pod: string): Pick<Wording, 'label' | 'why' | 'advice'> {
  return {
    label: 'is on the network of its node',
    why: `A podSelector or namespaceSelector means pods of the pod network. What ${quoted(pod)} sends and gets is traffic of its node, to which no label leads (NP-28, NP-29).`,
    advice: 'leave `hostNetwork` out, or open the other end to the addresses of the nodes by an ipBlock',
  };
}

/** NP-02 */
function leftOut(direction: 'ingress' | 'egress'): Pick<Wording, 'label' | 'why' | 'advice'> {
  const type = direction === 'ingress' ? 'Ingress' : 'Egress';
  return {
    label: `has ${direction} rules, and its policyTypes does not list ${type}`,
    why: `Rules of a direction that policyTypes does not list are never applied (NP-02), and other policies isolate the pod for ${direction} (NP-03).`,
    advice: `add ${type} to policyTypes`,
  };
}

/** NP-03: what was to open a pod that others isolate. */
function unapplied(
  cannot: string,
  { policy, selector, didYouMean: meant, stop }: PolicyCause & { code: 'PTL110'; stop: PolicyHop },
): Wording {
  const [own, pods] = [quoted(policy.namespace), quoted(stop.at.namespace.name)];
  const isElsewhere = policy.namespace !== stop.at.namespace.name;
  return {
    title: `${cannot}: the policy meant to let it through selects no pod`,
    label: isElsewhere ? `selects pods of ${own} only` : `no pod in ${own} has ${selector}${didYouMean(meant)}`,
    why: `A NetworkPolicy is for pods of its own namespace that its podSelector matches. ${policyName(policy)} matches none, so its rules open nothing, and other policies isolate ${podName(stop.at)} (NP-03).`,
    advice: isElsewhere
      ? `move the policy to ${pods}`
      : 'select the construct, which can not be misspelt: `appliesTo: this.db`',
  };
}

function podName({ namespace, workload }: PolicyHop['at']): string {
  return quoted(`${namespace.name}/${workload.name}`);
}
