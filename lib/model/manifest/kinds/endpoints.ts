import { dnsLabel } from '../reader/names';
import { endpointAddress, portNumber, protocol } from '../reader/network';
import { distinct, list, optional, optionalText, part, type Reader, textWithDefault, then } from '../reader/reader';
import { text } from '../reader/scalars';
import type { EndpointsAddress } from '../resources';
import { kind } from './kind';
import { podOfTarget, targetRef } from './target-ref';

const endpointsAddress: Reader<EndpointsAddress> = then(
  part({
    ip: endpointAddress('an endpoint'),
    hostname: optionalText(dnsLabel),
    nodeName: optionalText(text),
    targetRef: optional(targetRef),
  }),
  ({ targetRef, ...read }) => ({ ...read, pod: targetRef && podOfTarget(targetRef) }),
);

const subset = part({
  addresses: list(endpointsAddress),
  notReadyAddresses: list(endpointsAddress),
  ports: distinct(
    list(part({ name: textWithDefault(dnsLabel, ''), port: portNumber, protocol })),
    ({ name }) => `port name ${JSON.stringify(name)}`,
  ),
});

const body = part({ subsets: list(subset) });

export const endpointsKind = kind({
  kind: 'Endpoints',
  apiVersions: ['v1'],
  body,
  make: ({ subsets }) => ({ type: 'endpoints', subsets }),
});
