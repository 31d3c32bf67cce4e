import type { Cause, Finding, NodeRefusal } from '../../intents/finding';
import { listed } from '../reason';
import { didYouMean, literalsOf, named, oneOf, quoted, type Wording } from './wording';

type ServiceCause = Cause & {
  code: 'PTL201' | 'PTL202' | 'PTL203' | 'PTL204' | 'PTL205' | 'PTL206' | 'PTL207' | 'PTL208';
};

export function serviceWording({ subject, target, intent }: Finding, cause: ServiceCause): Wording {
  const cannot = `${named(subject)} cannot reach ${named(target)}`;
  switch (cause.code) {
    case 'PTL201':
      return {
        title: `${cannot}: Service ${quoted(cause.service)} has no port ${quoted(cause.port)}`,
        culprits: ['ports'],
        label: `has ${oneOf(cause.has)}${didYouMean(cause.didYouMean)}`,
        why: 'A Service serves the ports in its list and no other, whatever its pods listen on (SVC-10).',
        advice: 'name one of its ports, add the port to the Service, or narrow the promise to `{ by: "podIP" }`',
      };
    case 'PTL202':
      return selectsNothing(cannot, cause);
    case 'PTL203':
      return {
        title: `${cannot} by ${intent.verb === 'toReach' && intent.by === 'service' ? 'a Service' : 'name'}: ${namelessText(cause)}`,
        label: cause.other === undefined ? 'has no one name' : `is called ${quoted(cause.other)}`,
        why: cause.told === undefined ? UNNAMED : TOLD,
        advice:
          cause.told === undefined
            ? 'give it a Service, or narrow the promise to `{ by: "podIP" }`'
            : 'give the Service the name that clients are told',
      };
    case 'PTL204':
      return {
        title: `${cannot}: Service ${quoted(cause.service)} sends to a port that its pods do not have`,
        culprits: [cause.targetPort, 'targetPort'],
        label: `no container has a port ${cause.isNumber ? cause.targetPort : `called ${quoted(cause.targetPort)}`}${didYouMean(cause.didYouMean)}`,
        why: cause.isNumber
          ? `A targetPort by number is taken as it stands, whatever ports containers declare (SVC-06). ${cause.selected.join(', ')} has ${cause.has.join(', ')}, and that is what policies let in; they stop what comes for ${cause.targetPort} (NP-19).`
          : `A targetPort by name is looked up in each pod's containers. ${cause.selected.join(', ')} has ${cause.has.length === 0 ? 'no port' : cause.has.join(', ')}, so port ${cause.port} has no endpoint and kube-proxy refuses the connection (SVC-07, SVC-12).`,
        advice: 'name a port that the containers have, or use its number',
      };
    case 'PTL205':
      return {
        title: `${cannot}: Service ${quoted(cause.service)} has no endpoint`,
        culprits: ['replicas'],
        label:
          cause.scaledDown === undefined
            ? 'no pod that it selects runs, is ready and has an address of its IP family'
            : 'runs no replica',
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
    case 'PTL207':
      return {
        title: `${cannot}: Service ${quoted(cause.service)} keeps clients to their own node, which has no endpoint`,
        culprits: ['Local'],
        label: 'a traffic policy of Local',
        why: 'With internalTrafficPolicy Local a node sends its clients to its own endpoints only, and with externalTrafficPolicy Local those from outside; where it has none it drops them, however many others have (SVC-13, SVC-14).',
        advice: 'run the pods on every node that has clients, as a DaemonSet does, or leave the policy at Cluster',
      };
    case 'PTL208': {
      const { said, why, advice } = REFUSALS[cause.problem];
      return { title: `${cannot}: ${said}`, label: 'the nodes do not serve this', why, advice };
    }
  }
}

const UNNAMED = 'A name in the cluster is the name of a Service; pods behind none are known by address only.';

const TOLD =
  'The address that the app is given names this Service, and the DNS has no other name for it: that another Service leads to the same pods helps nobody who asks for this one (DNS-15).';

function namelessText({ services, told }: Cause & { code: 'PTL203' }): string {
  if (told !== undefined) return `no Service is called ${quoted(told)}`;
  return services.length === 0 ? 'no Service selects it' : 'several Services do';
}

function selectsNothing(
  cannot: string,
  { service, selector, isEmpty, elsewhere = [], didYouMean: meant }: Cause & { code: 'PTL202' },
): Wording {
  const others = listed(elsewhere.map(quoted));
  return {
    title: `${cannot}: Service ${quoted(service)} ${isEmpty ? 'has an empty selector' : 'selects no pod'}`,
    culprits: [...literalsOf(selector), 'selector'],
    label:
      selector === ''
        ? `has ${isEmpty ? 'an empty' : 'no'} selector, and no EndpointSlice serves this port`
        : `no pod of its namespace has ${selector}${others === '' ? didYouMean(meant) : `, but ${others} elsewhere`}`,
    why: 'A Service sends to the pods of its own namespace that carry every label of its selector; without one it refuses every connection (SVC-03, SVC-12).',
    advice: isEmpty
      ? 'select by labels, or by the workload itself: a Service knows no expressions, and cdk8s-plus drops those of the pods that it is given'
      : others === ''
        ? 'select labels that the pods carry'
        : 'put the Service into the namespace of the pods',
  };
}

const REFUSALS: Readonly<
  Record<NodeRefusal, { readonly said: string; readonly why: string; readonly advice: string }>
> = {
  'no-node-port': {
    said: 'its Service opens no port on the nodes',
    why: 'Only types NodePort and LoadBalancer have ports on the nodes, the latter unless allocateLoadBalancerNodePorts is false (SVC-19, SVC-20).',
    advice: 'make it a NodePort, or promise the way that it has',
  },
  'source-not-allowed': {
    said: 'its Service lets in other clients only',
    why: 'kube-proxy drops what comes to the load balancer from outside loadBalancerSourceRanges, pods included (SVC-17).',
    advice: 'add the range of the client',
  },
  'unassigned-address': {
    said: 'no Service has the address',
    why: 'An address of the Service range that no Service has leads nowhere (SVC-10).',
    advice: 'use the name of the Service',
  },
  'node-port-closed': {
    said: 'the port of the node is closed',
    why: 'A node port is open only at the addresses that kube-proxy is told, and in nftables mode at the primary ones (SVC-20).',
    advice: 'use another address of the node, or say in the PodNetwork where node ports are open',
  },
  'left-cluster': {
    said: 'nobody in the cluster takes it',
    why: 'An address that no kube-proxy knows is sent out of the cluster (SVC-10, SVC-18).',
    advice: 'use an address or a port that the Service has',
  },
  'reply-lost': {
    said: 'the reply does not come back',
    why: 'The answer must pass the node that translated the request; else the client does not know who sends it (SVC-15).',
    advice: 'reach the Service by a way on which the node puts its own address in place of the client',
  },
  loopback: {
    said: 'the address is that of a loopback',
    why: 'Nodes drop what comes from elsewhere for an address of the loopback, which means whoever uses it (NET-09).',
    advice: 'use an address of the node, or the name of the Service',
  },
  'mere-name': {
    said: 'its Service is an ExternalName, which has no address',
    why: 'An ExternalName is another name in the DNS and nothing else: no node serves it (SVC-22).',
    advice: 'promise it by name',
  },
  'leads-nowhere': {
    said: 'its Service is an ExternalName for something that has no address',
    why: 'The DNS follows the name to its end, and there is nothing there (SVC-22, DNS-09).',
    advice: 'mend the externalName',
  },
};
