import { formatIp } from '../../values/ip';
import { invalid, type Place } from '../reader/place';
import { list, part, type Reader } from '../reader/reader';
import type { ContainerPort } from '../resources';
import { podContainers } from './pod-containers';

/** NET-08: a pod in its node's network listens on the node's own ports, so that the two numbers can't differ. */
export function hasStrayHostPort(spec: Place): boolean {
  const check: Reader<unknown> = (port) => {
    const [own, host] = [port.at('containerPort').value, port.at('hostPort')];
    return host.isAbsent || host.value === 0 || host.value === own
      ? undefined
      : host.fault({
          code: 'PTL007',
          problem: `host port ${host.value} differs from the container port of a pod with hostNetwork`,
          expected: `${own}, or no hostPort`,
          rule: 'NET-08',
        });
  };
  const containers = list(part({ ports: list(check) }));
  return part({ containers, initContainers: containers })(spec) === invalid;
}

/**
 * NET-08: the API server refuses pods whose containers ask for one port of the node twice, as its text stands: an address and
 * none are two. Init containers are looked at each for itself, even one that stays beside the others.
 */
export function hasTwinHostPort(
  containers: readonly { readonly ports: readonly ContainerPort[] }[],
  hostNetwork: boolean,
  spec: Place,
): boolean {
  const asked = containers.flatMap(({ ports }) => ports.flatMap((port) => hostPortText(port, hostNetwork) ?? []));
  if (new Set(asked).size === asked.length) return false;
  const first = new Map<string, string>();
  for (const { name, role, ports } of podContainers(spec, hostNetwork)) {
    if (role !== 'container') continue;
    for (const port of ports) {
      const text = hostPortText(port, hostNetwork);
      const other = text === undefined ? undefined : first.get(text);
      if (text !== undefined && other === undefined) first.set(text, name);
      if (other !== undefined) reportTwin(placeAt(spec, port.field), text!, other);
    }
  }
  return true;
}

function hostPortText({ port, hostPort, hostIp, protocol }: ContainerPort, hostNetwork: boolean): string | undefined {
  const number = hostNetwork ? port : hostPort;
  if (number === undefined) return undefined;
  return `${number}/${protocol}${hostIp === undefined ? '' : ` at ${formatIp(hostIp)}`}`;
}

function reportTwin(port: Place, text: string, container: string): void {
  const host = port.at('hostPort');
  (host.isAbsent ? port.at('containerPort') : host).fault({
    code: 'PTL019',
    problem: `port ${text} of the node is asked for twice, first by container ${JSON.stringify(container)}`,
    expected: 'ports of the node that differ, or one of them without hostPort and hostNetwork',
    rule: 'NET-08',
  });
}

/** The place of a field of the same object, whose path begins with that of the spec. */
function placeAt(spec: Place, field: readonly (string | number)[]): Place {
  return field.slice(spec.path.length).reduce<Place>((place, step) => place.at(step), spec);
}
