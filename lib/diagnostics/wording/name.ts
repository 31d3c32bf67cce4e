import type { Cause, Finding } from '../../intents/finding';
import { didYouMean, named, quoted, type Wording } from './wording';

type NameCause = Cause & { code: 'PTL502' | 'PTL503' | 'PTL504' };

export function nameWording({ subject, target }: Finding, cause: NameCause): Wording {
  const who = named(subject);
  switch (cause.code) {
    case 'PTL502':
      return {
        title: `${who} cannot resolve ${named(target)}: ${cause.hasOtherData ? 'the name has no such record' : 'there is no such name'}${didYouMean(cause.didYouMean)}`,
        label: 'promised here',
        why: `The cluster's DNS has the names of Services, and below headless ones those of ready endpoints (DNS-02, DNS-05).${askedText(cause.asked)}`,
        advice: 'name a Service that is declared, or declare it; a construct gives its own name: `service.dnsName`',
      };
    case 'PTL503':
      return {
        title: `${who} resolves ${named(target)} to ${cause.leadsTo}, not to ${named(cause.wanted)}`,
        culprits: [cause.leadsTo, 'externalName'],
        label: 'answers to this name',
        why: elsewhereText(cause),
        advice: 'use the full name of what you mean, or rename what stands in its way',
      };
    case 'PTL504':
      return {
        title: `${who} can resolve ${named(target)}, and was promised not to: it leads to ${cause.leadsTo}`,
        label: 'answers to this name',
        why:
          cause.by === 'hosts'
            ? 'What stands in the hosts file of a pod needs no server, and no policy keeps it away (DNS-24).'
            : "The cluster's DNS answers every pod that gets to it, for every Service of every namespace; policies can only keep all lookups away (DNS-02, DNS-29).",
        advice: 'promise `not.toReach`, which is what protects; or keep the pods from the DNS altogether',
      };
  }
}

function askedText([first, ...more]: readonly string[]): string {
  if (first === undefined) return '';
  return ` Asked for, in vain: ${first}${more.length === 0 ? '' : `, and ${more.length} more by the search list`}.`;
}

function elsewhereText({ by, search, isAlias }: Cause & { code: 'PTL503' }): string {
  if (by === 'hosts') return 'The hosts file of a pod wins over every server (DNS-24).';
  if (isAlias)
    return 'A Service of type ExternalName is another name for one host, and nothing else of it counts (SVC-22).';
  if (by === 'address') return 'An address is taken as it stands.';
  const through = search === undefined ? '' : `, and here ${quoted(search)} was the first with an answer`;
  return `A name with few dots is tried below each search domain before it is tried as it stands${through} (DNS-21, DNS-23).`;
}
