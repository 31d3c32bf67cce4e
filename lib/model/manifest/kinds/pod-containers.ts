import type { Place } from '../reader/place';
import { andThen, list, type Reader } from '../reader/reader';
import type { PlacedPort, PodContainer } from '../resources';
import { containerPort } from './container-port';

const LISTS = ['initContainers', 'containers'] as const;

const placedPort: Reader<PlacedPort | undefined> = andThen(
  containerPort,
  (port, place) => port && { ...port, field: place.path },
);
const placedPorts = list(placedPort);

/**
 * The containers of a pod with their ports and where they are written, in the order in which they start.
 * INVARIANT: what the readers refuse here was refused when the pod was read, so that nobody asks for it.
 */
export function podContainers(spec: Place, hostNetwork: boolean): readonly PodContainer[] {
  return LISTS.flatMap((key) => {
    const { value } = spec.at(key);
    const count = Array.isArray(value) ? value.length : 0;
    return Array.from({ length: count }, (_, index) => containerAt(spec.at(key).at(index), key, hostNetwork));
  });
}

function containerAt(place: Place, list: (typeof LISTS)[number], hostNetwork: boolean): PodContainer {
  const { value: name } = place.at('name');
  const ports = (placedPorts(place.at('ports')) ?? []).filter((port) => port !== undefined);
  // SVC-07: what an init container that restarts listens on is there beside the others.
  const stays = place.at('restartPolicy').value === 'Always';
  return {
    name: typeof name === 'string' ? name : '',
    role: list === 'containers' ? 'container' : stays ? 'sidecar' : 'init',
    // NET-08: the API server fills in the host port of a pod that lives in its node's network.
    ports: hostNetwork ? ports.map((port) => ({ ...port, hostPort: port.port })) : ports,
    field: place.path,
  };
}
