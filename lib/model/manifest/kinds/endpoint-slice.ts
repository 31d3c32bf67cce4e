import type { IpAddress, IpFamily } from '../../values/ip';
import { listOf } from '../reader/bounded';
import { dnsLabel, dnsName, subdomain } from '../reader/names';
import { endpointAddress, portNumberOrZero, protocol } from '../reader/network';
import { invalid } from '../reader/place';
import {
  andThen,
  both,
  distinct,
  list,
  optional,
  optionalText,
  part,
  type Reader,
  textWithDefault,
  withDefault,
} from '../reader/reader';
import { boolean, oneOf, text } from '../reader/scalars';
import type { EndpointSliceResource, SliceEndpoint } from '../resources';
import { kind } from './kind';
import { appProtocol } from './service-port';
import { podOfTarget, targetRef } from './target-ref';

const SERVICE_NAME = 'kubernetes.io/service-name';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const CONTROLLER = 'endpointslice-controller.k8s.io';
const MIRRORING_CONTROLLER = 'endpointslicemirroring-controller.k8s.io';
const HEADLESS = 'service.kubernetes.io/headless';
const ADDRESS_TYPES: readonly EndpointSliceResource['addressType'][] = ['IPv4', 'IPv6', 'FQDN'];

const MOST_ENDPOINTS = 1000;
const MOST_ADDRESSES = 100;
const MOST_HINTS = 8;

const conditions = part({
  ready: optional(boolean),
  serving: optional(boolean),
  terminating: withDefault(boolean, false),
});

const names: Reader<readonly string[] | undefined> = andThen(
  distinct(listOf(part({ name: text }), 0, MOST_HINTS), ({ name }) => `hint ${JSON.stringify(name)}`),
  (given) => (given.length > 0 ? given.map(({ name }) => name) : undefined),
);

/** Unknown readiness counts as ready; serving is ready unless it is said (SVC-04). */
const endpoint = (addresses: Reader<readonly IpAddress[]>): Reader<SliceEndpoint> =>
  andThen(
    part({
      addresses,
      conditions: optional(conditions),
      hostname: optionalText(dnsLabel),
      nodeName: optionalText(subdomain),
      zone: optionalText(text),
      hints: optional(part({ forZones: names, forNodes: names })),
      targetRef: optional(targetRef),
    }),
    ({ conditions, hints, targetRef, ...read }) => {
      const { ready = true, serving = ready, terminating = false } = conditions ?? {};
      return { ...read, ready, serving, terminating, ...hints, pod: targetRef && podOfTarget(targetRef) };
    },
  );

const slicePort = andThen(
  part({ name: textWithDefault(dnsLabel, ''), port: portNumberOrZero, protocol, appProtocol }),
  ({ appProtocol, ...port }) => port,
);

/** SVC-08: ports join by name, so that two of one name would be one. */
const ports = distinct(list(slicePort), ({ name }) => `port name ${JSON.stringify(name)}`);

const common = part({ addressType: oneOf('an address type', ADDRESS_TYPES), ports });

const addressOf = (family: IpFamily): Reader<IpAddress> =>
  andThen(endpointAddress('an endpoint'), (address, place) =>
    address.family === family
      ? address
      : place.fault({
          code: 'PTL020',
          problem: `it is no address of the slice's own type`,
          expected: `an IPv${family} address`,
          rule: 'SVC-27',
        }),
  );

/** A name that is whole has two parts at least. */
const domain = andThen(dnsName, (name, place) =>
  /.\../.test(name)
    ? name
    : place.fault({
        code: 'PTL014',
        problem: 'the name has one part',
        expected: 'a whole DNS name such as db.example',
      }),
);

const slice = (address: Reader<readonly IpAddress[]>) =>
  both(common, part({ endpoints: listOf(endpoint(address), 0, MOST_ENDPOINTS) }));

const BODIES = {
  IPv4: slice(listOf(addressOf(4), 1, MOST_ADDRESSES)),
  IPv6: slice(listOf(addressOf(6), 1, MOST_ADDRESSES)),
  // Names, which nothing uses.
  FQDN: slice(andThen(listOf(domain, 1, MOST_ADDRESSES), () => [])),
};

const body: typeof BODIES.IPv4 = (place) => {
  const type = ADDRESS_TYPES.find((known) => known === place.at('addressType').value);
  return type ? BODIES[type](place) : common(place) && invalid;
};

export const endpointSliceKind = kind({
  kind: 'EndpointSlice',
  apiVersions: ['discovery.k8s.io/v1', 'discovery.k8s.io/v1beta1'],
  body,
  make: (read, { labels }) => ({
    type: 'endpointSlice',
    serviceName: labels.get(SERVICE_NAME),
    isMirror: labels.get(MANAGED_BY) === CONTROLLER,
    mirrorsEndpoints: labels.get(MANAGED_BY) === MIRRORING_CONTROLLER,
    isHeadless: labels.has(HEADLESS),
    ...read,
  }),
});
