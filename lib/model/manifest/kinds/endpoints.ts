import { address, portNumber, protocol } from '../reader/network';
import { list, optional, optionalText, part, type Reader, textWithDefault, then } from '../reader/reader';
import { text } from '../reader/scalars';
import type { EndpointsAddress } from '../resources';
import { kind } from './kind';
import { podOfTarget, targetRef } from './target-ref';

const endpointsAddress: Reader<EndpointsAddress> = then(
  part({
    ip: address,
    hostname: optionalText(text),
    nodeName: optionalText(text),
    targetRef: optional(targetRef),
  }),
  ({ targetRef, ...read }) => ({ ...read, pod: targetRef && podOfTarget(targetRef) }),
);

const subset = part({
  addresses: list(endpointsAddress),
  notReadyAddresses: list(endpointsAddress),
  ports: list(part({ name: textWithDefault(text, ''), port: portNumber, protocol })),
});

const body = part({ subsets: list(subset) });

export const endpointsKind = kind({
  kind: 'Endpoints',
  apiVersions: ['v1'],
  body,
  make: ({ subsets }) => ({ type: 'endpoints', subsets }),
});
