import type { ResourceBase } from '../../manifest/resources';

/** Annotations of controllers, by which each reads an Ingress in its own way. */
const OF_CONTROLLERS = /^(?!kubernetes\.io\/).*(ingress|haproxy|nginx|kong|traefik|contour|apisix|higress|azure|aws)/;

/** What tells requests of one host and path apart: their headers and methods, where they come in, a share of all. */
const DIVIDING =
  /\/.*(canary|weight|condition|method|header|cookie|match|entrypoints|priority|route-acl|snis|protocols)/;

/** Whether annotations may divide the requests of one host and path between several backends. */
export function mayDivide(...resources: readonly (ResourceBase | undefined)[]): boolean {
  return resources.some((resource) => [...(resource?.annotations.keys() ?? [])].some((key) => DIVIDING.test(key)));
}

/** Whether controllers read the same from the annotations of both. */
export function alikeToControllers(a: ResourceBase, b: ResourceBase): boolean {
  return a === b || told(a) === told(b);
}

function told({ annotations }: ResourceBase): string {
  return JSON.stringify([...annotations].filter(([key]) => OF_CONTROLLERS.test(key)).sort());
}
