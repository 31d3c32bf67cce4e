import type { LintOf } from '../../model/finding/lint';
import { requestsText } from './ingress-lints';
import type { LintWording } from './lint-words';
import { quoted } from './wording';

type IngressRuleLint = LintOf<'PTL411'>;

/** Lints about which requests the rules of Ingresses take. */
export function ingressRuleWording(lint: IngressRuleLint): LintWording {
  return claimedTwice(lint);
}

function claimedTwice({ object, claimed, backend, twin, twinBackend }: LintOf<'PTL411'>): LintWording {
  const isOwn = object.namespace === twin.namespace && object.name === twin.name;
  const [mine, other] = [quoted(backend), quoted(twinBackend)];
  const who = isOwn ? 'another rule of this Ingress' : `Ingress ${quoted(`${twin.namespace}/${twin.name}`)}`;
  return {
    title: `${requestsText(claimed)} is sent to ${mine} and to ${other}`,
    label: `${who} sends it to ${other}`,
    why: 'Which of two rules for one host and path goes first no API says (ING-08, ING-17). ingress-nginx takes that of the older Ingress, its admission webhook refuses the second, and others choose in their own way.',
    fix: 'give one of them another path or host, or leave one out',
  };
}
