import type { Cause, Finding } from '../../intents/finding';
import { named, type Wording } from './wording';

type PathCause = Cause & { code: 'PTL317' | 'PTL701' | 'PTL702' };

export function pathWording({ subject, target, offenders, intent }: Finding, cause: PathCause): Wording {
  switch (cause.code) {
    case 'PTL317':
      return {
        title: `${named(subject)} cannot reach ${named(target)}: there is no way between their nodes`,
        culprits: [cause.isShut ? 'firewall' : 'cni'],
        label: cause.isShut ? 'shuts the way between these nodes' : 'no way between these nodes',
        why: `${cause.because} Pods of all nodes must reach each other (${cause.isShut ? 'NET-11, ' : ''}NET-04).`.trim(),
        advice: cause.isShut
          ? 'let nodes send each other what `portolan firewall` lists'
          : 'have the network plugin wrap packets between these nodes, or put both ends on nodes of one subnet',
      };
    case 'PTL701':
      return {
        title: `${named(offenders[0] ?? subject)} gets to ${named(target)} directly, past what it was to pass through`,
        label: 'lets it past',
        why: 'Policies know two ends and no way between them: traffic passes through a gateway only where every direct way is shut (NP-05).',
        advice: 'close the egress of those pods but for the gateway, lookups at the DNS apart',
      };
    case 'PTL702': {
      const ends = cause.leg === 'to' ? [subject, cause.hop] : [cause.hop, target];
      return {
        title: `nothing passes through ${named(cause.hop)}: ${named(ends[0])} does not get to ${named(ends[1])}`,
        label: 'is to be passed through',
        why: `A promise about a way that nobody can take would hold whatever the cluster does. Policies must let the traffic to ${named(cause.hop)}, and on from there (NP-05).`,
        advice:
          intent.verb === 'toPassThrough' && cause.leg === 'to'
            ? 'let the pods out to it, and it let them in'
            : 'let it out to where the traffic is to go',
      };
    }
  }
}
