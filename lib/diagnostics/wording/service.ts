import type { Cause, Finding } from '../../intents/finding';
import { didYouMean, oneOf, quoted, type Wording } from './wording';

type ServiceCause = Cause & { code: 'PTL201' | 'PTL202' | 'PTL203' | 'PTL204' | 'PTL205' | 'PTL206' };

export function serviceWording({ subject, target }: Finding, cause: ServiceCause): Wording {
  const cannot = `${quoted(subject)} cannot reach ${quoted(target)}`;
  switch (cause.code) {
    case 'PTL201':
      return {
        title: `${cannot}: Service ${quoted(cause.service)} has no port ${quoted(cause.port)}`,
        label: `has ${oneOf(cause.has)}${didYouMean(cause.didYouMean)}`,
        why: 'A Service serves the ports in its list and no other, whatever its pods listen on (SVC-10).',
        advice: 'name one of its ports, add the port to the Service, or narrow the promise to `{ by: "podIP" }`',
      };
    case 'PTL202':
      return {
        title: `${cannot}: Service ${quoted(cause.service)} selects no pod`,
        label:
          cause.selector === ''
            ? 'has no selector, and no EndpointSlice serves this port'
            : `no pod of its namespace has ${cause.selector}${didYouMean(cause.didYouMean)}`,
        why: 'A Service sends to the pods of its own namespace that carry every label of its selector; without one it refuses every connection (SVC-03, SVC-12).',
        advice: 'select labels that the pods carry',
      };
    case 'PTL203':
      return {
        title: `${cannot} by name: ${cause.services.length === 0 ? 'no Service selects it' : 'several Services do'}`,
        label: 'has no one name',
        why: 'A name in the cluster is the name of a Service; pods behind none are known by address only.',
        advice: 'give it a Service, or narrow the promise to `{ by: "podIP" }`',
      };
    case 'PTL204':
      return {
        title: `${cannot}: Service ${quoted(cause.service)} sends to a port that its pods do not have`,
        label: `no container has a port called ${quoted(cause.targetPort)}${didYouMean(cause.didYouMean)}`,
        why: `A targetPort by name is looked up in each pod's containers. ${cause.selected.join(', ')} has ${cause.has.length === 0 ? 'no port' : cause.has.join(', ')}, so port ${cause.port} has no endpoint and kube-proxy refuses the connection (SVC-07, SVC-12).`,
        advice: 'name a port that the containers have, or use its number',
      };
    case 'PTL205':
      return {
        title: `${cannot}: Service ${quoted(cause.service)} has no endpoint`,
        label: 'no pod that it selects runs, is ready and has an address of its IP family',
        why: 'A Service sends to ready pods; without any it refuses every connection (SVC-05, SVC-12).',
        advice: 'run at least one replica',
      };
    case 'PTL206':
      return {
        title: `${cannot}: Service ${quoted(cause.service)} is headless and translates no port`,
        label: `its pods listen on ${cause.containerPorts.join(', ') || 'no declared port'}, not on ${cause.port}`,
        why: "The name of a headless Service stands for its pods' own addresses, and nobody translates ports between: clients must dial the container port (SVC-21).",
        advice: 'dial the container port, or give the Service a ClusterIP',
      };
  }
}
