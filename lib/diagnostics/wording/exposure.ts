import type { Cause, Finding } from '../../intents/finding';
import { quoted, type Wording } from './wording';

type ExposureCause = Cause & { code: 'PTL104' | 'PTL113' | 'PTL120' | 'PTL121' };

const VIA: Readonly<Record<string, string>> = {
  podIP: 'no policy keeps it from the pods, whatever route leads there',
  hostPort: 'a hostPort opens it on the node',
  hostNetwork: 'its pods are on the network of their nodes',
};

export function exposureWording({ subject, target, offenders }: Finding, cause: ExposureCause): Wording {
  switch (cause.code) {
    case 'PTL104':
      return {
        title: `${quoted(subject)} reaches ${quoted(target)}, and was promised not to`,
        label: 'lets it through',
        why: 'A promise not to reach is about every way and, unless a port is named, every port. Where no policy selects a pod all traffic passes; where one does, any rule that matches lets it pass (NP-03, NP-04).',
        advice: `isolate one end: ${quoted('new DefaultDeny(...)')} in its namespace, or a policy that selects it`,
      };
    case 'PTL113':
      return {
        title: `${quoted(subject)} is reached by more than ${target === '' ? 'nobody' : quoted(target)}: ${quoted(offenders[0] ?? 'others')} gets through`,
        label: 'lets more through than was promised',
        why: 'Only holds when all others are kept out: declared pods, pods that nobody declared here but that a rule would let in, other nodes, and every address outside. The pod’s own node is left out, for nobody can keep it out (NP-30).',
        advice: 'narrow the rule to the sources that you listed, or list who else may',
      };
    case 'PTL120':
      return {
        title: `${quoted(offenders[0] ?? subject)} is exposed to ${target}`,
        label: 'lets it in',
        why: `Exposed means that some way in is open: ${VIA[cause.via] ?? `a ${cause.via} Service leads there, and behind it policies see a node`} (NP-08, NP-39).`,
        advice: 'close it with a policy that selects it for ingress, take the way in away, or add it to `except`',
      };
    case 'PTL121':
      return {
        title: `${quoted(subject)} and ${quoted(target)} do not meet: nothing leads in from outside`,
        label: 'has no way in',
        why: 'Addresses outside get in only through a LoadBalancer, NodePort, externalIP, hostPort or an Ingress; a ClusterIP exists inside the cluster only.',
        advice: "expose it: `expose: { type: 'LoadBalancer' }`",
      };
  }
}
