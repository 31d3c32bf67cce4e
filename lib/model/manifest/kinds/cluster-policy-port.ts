import type { Protocol } from '../../values/traffic-set';
import { oneFieldOf } from '../reader/alternatives';
import { policyProtocol, portNumber } from '../reader/network';
import { type Invalid, invalid, type Place } from '../reader/place';
import { object, optional, type Reader, then } from '../reader/reader';
import { text } from '../reader/scalars';
import type { ClusterPolicyPort } from '../resources';

const named: Reader<ClusterPolicyPort> = then(text, (name, place) =>
  name === ''
    ? place.fault({ code: 'PTL009', problem: 'the name is empty', expected: 'the name of a container port' })
    : { type: 'named', name },
);

const unknown = (keys: readonly string[]): ClusterPolicyPort => ({ type: 'unknown', keys });

/** ClusterNetworkPolicy v1alpha2: one item of `protocols`. */
export const protocolItem: Reader<ClusterPolicyPort> = oneFieldOf<ClusterPolicyPort>({
  noun: 'protocol',
  readers: {
    tcp: ofProtocol('TCP'),
    udp: ofProtocol('UDP'),
    sctp: ofProtocol('SCTP'),
    destinationNamedPort: named,
  },
  unknown,
});

function ofProtocol(protocol: Protocol): Reader<ClusterPolicyPort> {
  const destination: Reader<ClusterPolicyPort> = oneFieldOf<ClusterPolicyPort>({
    noun: 'destination port',
    readers: {
      number: then(portNumber, (port) => ({ type: 'range', protocol, first: port, last: port })),
      range: then(object({ start: portNumber, end: portNumber }), (range, place) => rangeOf(protocol, range, place)),
    },
    unknown,
  });
  return then(object({ destinationPort: optional(destination) }), ({ destinationPort }) =>
    destinationPort === undefined ? { type: 'all', protocol } : destinationPort,
  );
}

/** AdminNetworkPolicy v1alpha1: one item of `ports`. */
export const portItem: Reader<ClusterPolicyPort> = oneFieldOf<ClusterPolicyPort>({
  noun: 'port',
  readers: {
    portNumber: then(object({ protocol: policyProtocol, port: portNumber }), ({ protocol, port }) => ({
      type: 'range',
      protocol,
      first: port,
      last: port,
    })),
    portRange: then(
      object({ protocol: policyProtocol, start: portNumber, end: portNumber }),
      ({ protocol, ...range }, place) => rangeOf(protocol, range, place),
    ),
    namedPort: named,
  },
  unknown,
});

function rangeOf(
  protocol: Protocol,
  { start, end }: { readonly start: number; readonly end: number },
  place: Place,
): ClusterPolicyPort | Invalid {
  if (start < end) return { type: 'range', protocol, first: start, last: end };
  place.at('end').fault({
    code: 'PTL008',
    problem: `the range ends at ${end}, which is not above its start ${start}`,
    expected: 'an end above the start; one port alone is a number',
    rule: 'NP-43',
  });
  return invalid;
}
