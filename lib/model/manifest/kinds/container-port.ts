import { portName } from '../reader/names';
import { address, portNumber, portNumberOrZero, protocol } from '../reader/network';
import { distinct, list, mapped, optional, optionalText, part, type Reader } from '../reader/reader';
import type { ContainerPort } from '../resources';

/** A declaration without its number opens nothing and gives its name to nothing, so that it is left out. */
export const containerPort: Reader<ContainerPort | undefined> = mapped(
  part({
    name: optionalText(portName),
    containerPort: optional(portNumber),
    protocol,
    hostPort: portNumberOrZero,
    hostIP: optionalText(address),
  }),
  ({ name, containerPort, protocol, hostPort, hostIP }) =>
    containerPort === undefined ? undefined : { name, port: containerPort, protocol, hostPort, hostIp: hostIP },
);

/** API validation asks that the names differ within a container; Kubernetes looks for the first in the pod. */
export const containerPorts: Reader<readonly ContainerPort[]> = mapped(
  distinct(list(containerPort), (port) => port?.name && `port name ${JSON.stringify(port.name)}`),
  (ports) => ports.filter((port) => port !== undefined),
);
