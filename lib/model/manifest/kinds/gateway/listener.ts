import { GATEWAY_GROUP, type GatewayListener, type ListenerTls } from '../../gateway-resource';
import { listOf } from '../../reader/bounded';
import { hostname } from '../../reader/hostname';
import { subdomain } from '../../reader/names';
import { portNumber } from '../../reader/network';
import { type Invalid, invalid, type Place } from '../../reader/place';
import { andThen, distinct, optional, part, type Reader, withDefault } from '../../reader/reader';
import { alternatives, anything, oneOf, textOf } from '../../reader/scalars';
import { allowedNamespaces } from './allowed';
import { group, kindName, objectReference } from './references';

/** GW-01: the hosts of listeners and routes. */
export const routeHostname = hostname({ address: 'GW-01', wildcard: 'GW-01' });

/** Protocols that the API knows, which it takes in any case. */
const CORE = ['HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'];

/** A word, or a domain and a word where it is a controller's own. */
const PROTOCOL =
  /^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9]+$/;

const protocolName = textOf(
  (value) => (PROTOCOL.test(value) ? undefined : `${JSON.stringify(value)} is no name of a protocol`),
  { code: 'PTL014', expected: `${alternatives(CORE)}, or a controller's own such as example.com/QUIC` },
);

const protocol: Reader<string> = andThen(protocolName, (value) => {
  const upper = value.toUpperCase();
  return CORE.includes(upper) ? upper : value;
});

const tls: Reader<ListenerTls> = andThen(
  part({
    mode: withDefault(oneOf('a TLS mode', ['Terminate', 'Passthrough'] as const), 'Terminate'),
    certificateRefs: listOf(objectReference('Secret'), 0, 64),
    options: anything,
  }),
  ({ mode, certificateRefs, options }, place) => {
    const isBare = certificateRefs.length === 0 && (options === undefined || options === null);
    if (mode === 'Passthrough' || !isBare) return { mode, certificates: certificateRefs };
    return place.at('certificateRefs').fault({
      code: 'PTL003',
      problem: 'TLS ends here without a certificate',
      expected: 'one Secret at least, or options that say where the certificate comes from',
    });
  },
);

const routeKind = part({ group: withDefault(group, GATEWAY_GROUP), kind: kindName });

const allowedRoutes = part({
  namespaces: allowedNamespaces('Same', ['All', 'Same', 'Selector', 'None']),
  kinds: listOf(routeKind, 0, 8),
});

type Given = Omit<GatewayListener, 'allowedNamespaces' | 'allowedKinds' | 'field'>;

const listener: Reader<GatewayListener> = andThen(
  part({
    name: subdomain,
    hostname: optional(routeHostname),
    port: portNumber,
    protocol,
    tls: optional(tls),
    allowedRoutes: optional(allowedRoutes),
  }),
  ({ allowedRoutes, ...given }, place) =>
    isConsistent(given, place)
      ? {
          ...given,
          allowedNamespaces: allowedRoutes?.namespaces ?? { from: 'Same' },
          allowedKinds: allowedRoutes?.kinds ?? [],
          field: place.path,
        }
      : invalid,
);

/** What goes together with a protocol, as the rules of the CRD say. */
function isConsistent({ protocol, tls, hostname }: Given, place: Place): boolean {
  const faults: Invalid[] = [];
  if (tls && ['HTTP', 'TCP', 'UDP'].includes(protocol)) {
    faults.push(
      excluded(place.at('tls'), `TLS is configured for the protocol ${protocol}`, 'HTTPS or TLS, or no `tls`'),
    );
  }
  if (hostname !== undefined && ['TCP', 'UDP'].includes(protocol)) {
    faults.push(excluded(place.at('hostname'), `${protocol} knows no hostnames`, 'no hostname'));
  }
  if (protocol === 'HTTPS' && tls?.mode === 'Passthrough') {
    const problem = 'HTTPS ends the TLS of its clients, so that it can pass none through';
    faults.push(excluded(place.at('tls').at('mode'), problem, 'Terminate, or the protocol TLS'));
  }
  if (protocol === 'TLS' && !tls) {
    const detail = { problem: 'a listener for TLS says nothing of it', expected: '`tls` with its mode' };
    faults.push(place.at('tls').fault({ code: 'PTL003', ...detail }));
  }
  return faults.length === 0;
}

function excluded(place: Place, problem: string, expected: string): Invalid {
  return place.fault({ code: 'PTL020', problem, expected });
}

/** GW-03: what would make two listeners the same one; the API server refuses both. */
function identity({ port, protocol, hostname }: GatewayListener): string {
  return `the listener for ${protocol} on port ${port}${hostname === undefined ? '' : ` and ${hostname}`}`;
}

const named = distinct(listOf(listener, 1, 64), ({ name }) => `the listener ${JSON.stringify(name)}`);

/** The listeners of a Gateway or a ListenerSet. */
export const listeners: Reader<readonly GatewayListener[]> = distinct(named, identity);

/** The hostnames of a route. */
export function hostnames(least: number, most: number): Reader<readonly string[]> {
  return listOf(routeHostname, least, most);
}
