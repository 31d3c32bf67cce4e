import { dnsLabel, qualifiedName } from '../reader/names';
import { port, portNumber, portNumberOrZero, protocol } from '../reader/network';
import { invalid } from '../reader/place';
import { distinct, list, mapped, only, optionalText, part, type Reader, unlessEmpty } from '../reader/reader';
import type { ServicePort } from '../resources';

/** 0 and the empty text mean the same as absent: the Service's own port (SVC-01). */
const targetPort = unlessEmpty<number | string | undefined>(0, optionalText(port), undefined);

/** What the port speaks: the network does not look at it, but the API server does. */
export const appProtocol = optionalText(qualifiedName('application protocol'));

const servicePort: Reader<ServicePort> = mapped(
  part({
    name: optionalText(dnsLabel),
    port: portNumber,
    protocol,
    targetPort,
    nodePort: portNumberOrZero,
    appProtocol,
  }),
  ({ name, port, protocol, targetPort = port, nodePort }) => ({ name, port, protocol, targetPort, nodePort }),
);

/** SVC-09: names differ, and so do the pairs of protocol and number. */
const distinctPorts = distinct(
  distinct(list(servicePort), ({ name }) => name && `port name ${JSON.stringify(name)}`),
  ({ protocol, port }) => `port ${port}/${protocol}`,
);

/** SVC-20: a port of the nodes leads to one Service port. */
const distinctNodePorts = distinct(distinctPorts, ({ protocol, nodePort }) =>
  nodePort === undefined ? undefined : `node port ${nodePort}/${protocol}`,
);

/** SVC-09: with more than one port every port has a name. */
export function namedBesideOthers<P extends { readonly name?: string }>(
  ports: Reader<readonly P[]>,
  noun: string,
): Reader<readonly P[]> {
  return only(
    ports,
    (read) => read.length < 2 || read.every(({ name }) => name),
    (read, place) => {
      for (let index = 0; index < read.length; index++) {
        if (read[index].name) continue;
        place
          .at(index)
          .at('name')
          .fault({
            code: 'PTL003',
            problem: 'the port has no name beside other ports',
            expected: `a name for every port of ${noun} with several`,
            rule: 'SVC-09',
          });
      }
      return invalid;
    },
  );
}

export const servicePorts: Reader<readonly ServicePort[]> = namedBesideOthers(distinctNodePorts, 'a Service');
