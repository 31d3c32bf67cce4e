import { dnsLabel } from '../reader/names';
import { endpointAddress, portNumber, protocol } from '../reader/network';
import { andThen, list, optional, optionalText, part, type Reader, textWithDefault } from '../reader/reader';
import { text } from '../reader/scalars';
import type { EndpointsAddress } from '../resources';
import { kind } from './kind';
import { appProtocol, namedBesideOthers } from './service-port';
import { podOfTarget, targetRef } from './target-ref';

const endpointsAddress: Reader<EndpointsAddress> = andThen(
  part({
    ip: endpointAddress('an endpoint'),
    hostname: optionalText(dnsLabel),
    nodeName: optionalText(text),
    targetRef: optional(targetRef),
  }),
  ({ targetRef, ...read }) => ({ ...read, pod: targetRef && podOfTarget(targetRef) }),
);

const port = andThen(
  part({ name: textWithDefault(dnsLabel, ''), port: portNumber, protocol, appProtocol }),
  ({ appProtocol, ...port }) => port,
);

/** Two of one name are taken, other than in slices; the first of a protocol counts. */
const ports = namedBesideOthers(list(port), 'a subset');

const subset = andThen(
  part({ addresses: list(endpointsAddress), notReadyAddresses: list(endpointsAddress), ports }),
  (read, place) =>
    read.addresses.length + read.notReadyAddresses.length > 0
      ? read
      : place.fault({
          code: 'PTL003',
          problem: 'the subset has no addresses',
          expected: 'at least one item in addresses or notReadyAddresses',
        }),
);

const body = part({ subsets: list(subset) });

export const endpointsKind = kind({
  kind: 'Endpoints',
  apiVersions: ['v1'],
  body,
  make: ({ subsets }) => ({ type: 'endpoints', subsets }),
});
