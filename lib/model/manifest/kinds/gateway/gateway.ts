import { GATEWAY_GROUP } from '../../gateway-resource';
import { andThen, list, optional, orEmpty, part, textWithDefault, withDefault } from '../../reader/reader';
import { text } from '../../reader/scalars';
import { kind } from '../kind';
import { annotations } from '../labels';
import { allowedNamespaces } from './allowed';
import { listeners } from './listener';
import { objectName, objectReference } from './references';

/** A domain and a path, e.g. `example.com/gateway-controller`. */
const CONTROLLER_NAME =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

const controllerName = andThen(text, (name, place) =>
  CONTROLLER_NAME.test(name)
    ? name
    : place.fault({
        code: 'PTL014',
        problem: `${JSON.stringify(name)} is no name of a controller`,
        expected: 'a domain and a path, such as example.com/gateway-controller',
      }),
);

/** Gateways and HTTPRoutes of the alpha version were the same. */
const VERSIONS = ['v1', 'v1beta1', 'v1alpha2'].map((version) => `${GATEWAY_GROUP}/${version}`);

const allowedListeners = part({ namespaces: allowedNamespaces('None', ['All', 'Same', 'Selector', 'None']) });

const parametersRef = optional(part({ kind: text, name: text }));

const gatewayClassSpec = part({ controllerName, parametersRef });
const gatewayClass = part({ spec: orEmpty(gatewayClassSpec) });

export const gatewayClassKind = kind({
  kind: 'GatewayClass',
  apiVersions: VERSIONS,
  namespaced: false,
  body: gatewayClass,
  make: ({ spec: { controllerName, parametersRef } }) => ({
    type: 'gatewayClass',
    controllerName,
    parameters: parametersRef,
  }),
});

const address = part({ type: textWithDefault(text, 'IPAddress'), value: withDefault(text, '') });

const infrastructure = part({ annotations, parametersRef });

const gatewaySpec = part({
  gatewayClassName: objectName,
  addresses: list(address),
  infrastructure: orEmpty(infrastructure),
  listeners,
  allowedListeners: orEmpty(allowedListeners),
});
const gateway = part({ spec: orEmpty(gatewaySpec) });

export const gatewayKind = kind({
  kind: 'Gateway',
  apiVersions: VERSIONS,
  body: gateway,
  make: ({ spec }) => ({
    type: 'gateway',
    className: spec.gatewayClassName,
    addresses: spec.addresses,
    infrastructure: {
      annotations: spec.infrastructure.annotations,
      parameters: spec.infrastructure.parametersRef,
    },
    listeners: spec.listeners,
    allowedListeners: spec.allowedListeners.namespaces,
  }),
});

const listenerSetSpec = part({ parentRef: orEmpty(objectReference('Gateway', GATEWAY_GROUP)), listeners });
const listenerSet = part({ spec: orEmpty(listenerSetSpec) });

/** The kind as it became stable, and as it was before. */
export const listenerSetKinds = [
  { kind: 'ListenerSet', apiVersions: [`${GATEWAY_GROUP}/v1`] },
  { kind: 'XListenerSet', apiVersions: ['gateway.networking.x-k8s.io/v1alpha1'] },
].map((each) =>
  kind({
    ...each,
    body: listenerSet,
    make: ({ spec }) => ({ type: 'listenerSet', parent: spec.parentRef, listeners: spec.listeners }),
  }),
);
