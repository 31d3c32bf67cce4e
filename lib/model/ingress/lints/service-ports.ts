import type { ServicePort, ServiceResource } from '../../manifest/resources';

/** ING-14: whether the Service has a port of this name or number of its own. */
export function hasPort({ ports }: ServiceResource, port: string | number): boolean {
  return ports.some((each) => each.name === port || each.port === port);
}

/** How a backend names a port: by its name, if it has one. */
export function portId({ name, port }: ServicePort): string {
  return name ?? String(port);
}
