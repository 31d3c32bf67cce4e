import { address, portNumberOrZero, protocol } from '../reader/network';
import { list, optional, part, type Reader, textWithDefault, then, withDefault } from '../reader/reader';
import { boolean, text } from '../reader/scalars';
import type { SliceEndpoint } from '../resources';
import { kind } from './kind';

const SERVICE_NAME = 'kubernetes.io/service-name';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const CONTROLLER = 'endpointslice-controller.k8s.io';

const conditions = part({
  ready: optional(boolean),
  serving: optional(boolean),
  terminating: withDefault(boolean, false),
});

/** Unknown readiness counts as ready; serving is ready unless it is said (SVC-04). */
const endpoint: Reader<SliceEndpoint> = then(
  part({ addresses: list(address), conditions: optional(conditions) }),
  (read) => {
    const { ready = true, serving = ready, terminating = false } = read.conditions ?? {};
    return { addresses: read.addresses, ready, serving, terminating };
  },
);

const body = part({
  ports: list(part({ name: textWithDefault(text, ''), port: portNumberOrZero, protocol })),
  endpoints: list(endpoint),
});

export const endpointSliceKind = kind({
  kind: 'EndpointSlice',
  apiVersions: ['discovery.k8s.io/v1', 'discovery.k8s.io/v1beta1'],
  body,
  make: ({ ports, endpoints }, { labels }) => ({
    type: 'endpointSlice',
    serviceName: labels.get(SERVICE_NAME),
    isMirror: labels.get(MANAGED_BY) === CONTROLLER,
    ports,
    endpoints,
  }),
});
