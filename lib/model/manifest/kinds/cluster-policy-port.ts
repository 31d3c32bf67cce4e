import type { Protocol } from '../../values/traffic-set';
import { oneFieldOf } from '../reader/alternatives';
import { policyProtocol, portNumber } from '../reader/network';
import type { Invalid, Place } from '../reader/place';
import { andThen, object, optional, type Reader } from '../reader/reader';
import { text } from '../reader/scalars';
import type { ClusterPolicyPort } from '../resources';

const named: Reader<ClusterPolicyPort> = andThen(text, (name, place) =>
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
      number: andThen(portNumber, (port) => rangeOf(protocol, port, port)),
      range: andThen(object({ start: portNumber, end: portNumber }), ({ start, end }, place) =>
        start < end ? rangeOf(protocol, start, end) : wrongEnd(place, start, end, 'above'),
      ),
    },
    unknown,
  });
  // The schema of the released versions refuses a protocol without a port, whose meaning the API nevertheless defines.
  return andThen(object({ destinationPort: optional(destination) }), ({ destinationPort }) =>
    destinationPort === undefined ? { type: 'all', protocol } : destinationPort,
  );
}

/** AdminNetworkPolicy v1alpha1: one item of `ports`. */
export const portItem: Reader<ClusterPolicyPort> = oneFieldOf<ClusterPolicyPort>({
  noun: 'port',
  readers: {
    portNumber: andThen(object({ protocol: policyProtocol, port: portNumber }), ({ protocol, port }) =>
      rangeOf(protocol, port, port),
    ),
    // This version does not refuse a range of one port, but says that the end is above the start.
    portRange: andThen(
      object({ protocol: policyProtocol, start: portNumber, end: portNumber }),
      ({ protocol, start, end }, place) =>
        start <= end ? rangeOf(protocol, start, end) : wrongEnd(place, start, end, 'not below'),
    ),
    namedPort: named,
  },
  unknown,
});

function rangeOf(protocol: Protocol, first: number, last: number): ClusterPolicyPort {
  return { type: 'range', protocol, first, last };
}

function wrongEnd(range: Place, start: number, end: number, where: 'above' | 'not below'): Invalid {
  return range.at('end').fault({
    code: 'PTL008',
    problem:
      end === start ? `the range has one port only, ${start}` : `the range ends at ${end}, below its start ${start}`,
    expected: `an end ${where} the start`,
    rule: 'NP-43',
  });
}
