import { policyProtocol, port, portNumber } from '../reader/network';
import { both, mapped, object, only, optional, part, plain, type Reader } from '../reader/reader';
import type { NetworkPolicyPort } from '../resources';

type Numbers = { readonly port?: number | string; readonly endPort?: number };

/** NP-09: who writes 0 means all ports, which is said without a number. */
const policyPort: Reader<number | string> = plain(port.plainly, (place) =>
  place.value === 0
    ? place.fault({
        code: 'PTL007',
        problem: 'port 0 is outside the range of ports',
        expected: 'a number from 1 to 65535, or no port at all for all ports of the protocol',
        rule: 'NP-09',
      })
    : port(place),
);

/** NP-25: `endPort` closes a range that a number opens. Apart from the protocol, so that neither hides the other's fault. */
const numbers: Reader<Numbers> = only(
  part({ port: optional(policyPort), endPort: optional(portNumber) }),
  (numbers) => problemOfEndPort(numbers) === undefined,
  (numbers, place) =>
    place.at('endPort').fault({
      code: 'PTL008',
      problem: problemOfEndPort(numbers)!,
      expected: 'the last port of a range, beside a port that is a number and not above it',
      rule: 'NP-25',
    }),
);

/** NP-09: without a protocol it is TCP, without a port all ports of the protocol. */
export const networkPolicyPort: Reader<NetworkPolicyPort> = mapped(
  both(object({ protocol: policyProtocol }, ['port', 'endPort']), numbers),
  ({ protocol, port, endPort }) => {
    if (port === undefined) {
      return { type: 'all', protocol };
    }
    return typeof port === 'string'
      ? { type: 'named', protocol, name: port }
      : { type: 'range', protocol, first: port, last: endPort ?? port };
  },
);

function problemOfEndPort({ port, endPort }: Numbers): string | undefined {
  if (endPort === undefined) {
    return undefined;
  }
  if (port === undefined) {
    return 'endPort stands without port';
  }
  if (typeof port === 'string') {
    return `endPort stands beside the named port ${JSON.stringify(port)}`;
  }
  return endPort < port ? `endPort ${endPort} is below port ${port}` : undefined;
}
