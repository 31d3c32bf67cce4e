import type { IpAddress } from '../../values/ip';
import { address, portNumberOrZero, protocol } from '../reader/network';
import {
  both,
  list,
  optional,
  optionalText,
  part,
  type Reader,
  textWithDefault,
  then,
  withDefault,
} from '../reader/reader';
import { boolean, oneOf, text } from '../reader/scalars';
import type { EndpointSliceResource, SliceEndpoint } from '../resources';
import { kind } from './kind';
import { podOfTarget, targetRef } from './target-ref';

const SERVICE_NAME = 'kubernetes.io/service-name';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const CONTROLLER = 'endpointslice-controller.k8s.io';
const MIRRORING_CONTROLLER = 'endpointslicemirroring-controller.k8s.io';
const HEADLESS = 'service.kubernetes.io/headless';
const ADDRESS_TYPES: readonly EndpointSliceResource['addressType'][] = ['IPv4', 'IPv6', 'FQDN'];

const conditions = part({
  ready: optional(boolean),
  serving: optional(boolean),
  terminating: withDefault(boolean, false),
});

const names: Reader<readonly string[] | undefined> = then(list(part({ name: text })), (given) =>
  given.length > 0 ? given.map(({ name }) => name) : undefined,
);

/** Unknown readiness counts as ready; serving is ready unless it is said (SVC-04). */
const endpoint = (addresses: Reader<readonly IpAddress[]>): Reader<SliceEndpoint> =>
  then(
    part({
      addresses,
      conditions: optional(conditions),
      hostname: optionalText(text),
      nodeName: optionalText(text),
      zone: optionalText(text),
      hints: optional(part({ forZones: names, forNodes: names })),
      targetRef: optional(targetRef),
    }),
    ({ conditions, hints, targetRef, ...read }) => {
      const { ready = true, serving = ready, terminating = false } = conditions ?? {};
      return { ...read, ready, serving, terminating, ...hints, pod: targetRef && podOfTarget(targetRef) };
    },
  );

const common = part({
  addressType: textWithDefault(oneOf('an address type', ADDRESS_TYPES), 'IPv4'),
  ports: list(part({ name: textWithDefault(text, ''), port: portNumberOrZero, protocol })),
});

const withAddresses = both(common, part({ endpoints: list(endpoint(list(address))) }));

/** Names, which nothing uses. */
const withNames = both(common, part({ endpoints: list(endpoint(then(list(text), () => []))) }));

const body: typeof withAddresses = (place) =>
  (place.at('addressType').value === 'FQDN' ? withNames : withAddresses)(place);

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
