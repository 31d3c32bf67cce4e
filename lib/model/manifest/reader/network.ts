import { type Cidr, parseCidr } from '../../values/cidr-set';
import { type IpAddress, parseIp } from '../../values/ip';
import { LOCAL_ADDRESSES } from '../../values/local-addresses';
import type { Protocol } from '../../values/traffic-set';
import { portName } from './names';
import { invalid } from './place';
import {
  andThen,
  type Plain,
  plain,
  type Reader,
  textWithDefault,
  unlessEmpty,
  withDefault,
  wrongType,
} from './reader';
import { integer, isInteger, oneOf, text } from './scalars';

const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

const namedProtocol = oneOf('a protocol', PROTOCOLS, 'NP-26');

/** Of a policy's port: TCP where the author names none (NP-09). */
export const policyProtocol: Reader<Protocol> = withDefault(namedProtocol, 'TCP');

/** Of a container's or Service's port, where the empty text means TCP as well (SVC-01). */
export const protocol: Reader<Protocol> = textWithDefault(namedProtocol, 'TCP');

export const portNumber = plain<number>(
  (value) => (isInteger(value) && value >= 1 && value <= 65535 ? value : invalid),
  andThen(integer, (value, place) =>
    place.fault({
      code: 'PTL007',
      problem: `port ${value} is outside the range of ports`,
      expected: 'a number from 1 to 65535',
    }),
  ),
);

/** A number where 0 means the same as absent. */
export const portNumberOrZero = unlessEmpty<number | undefined>(0, portNumber, undefined);

/** A number or the name of a container port. */
export const port: Plain<number | string> = plain<number | string>(
  (value) => (typeof value === 'string' ? portName.plainly(value) : portNumber.plainly(value)),
  (place) => {
    if (typeof place.value === 'string') {
      return portName(place);
    }
    return typeof place.value === 'number' ? portNumber(place) : wrongType(place, 'a port number or name');
  },
);

/** Host bits may be set: objects from before they were refused still have them (NP-16). */
export const cidr: Reader<Cidr> = andThen(text, (value, place) => {
  const parsed = parseCidr(value);
  return parsed.ok
    ? parsed.cidr
    : place.fault({
        code: 'PTL005',
        problem: parsed.problem,
        expected: 'a CIDR such as 10.0.0.0/8 or fd00::/8',
      });
});

/** An address that a Service may send to, or be found at. */
export function endpointAddress(noun: string): Reader<IpAddress> {
  return andThen(address, (value, place) =>
    LOCAL_ADDRESSES.has(value)
      ? place.fault({
          code: 'PTL005',
          problem: `${noun} can't be a loopback, link-local or unspecified address`,
          expected: 'an address that other hosts reach',
          rule: 'SVC-26',
        })
      : value,
  );
}

export const address: Reader<IpAddress> = andThen(text, (value, place) => {
  const parsed = parseIp(value);
  return parsed.ok
    ? parsed.address
    : place.fault({ code: 'PTL005', problem: parsed.problem, expected: 'an IP address such as 10.0.0.1 or fd00::1' });
});
