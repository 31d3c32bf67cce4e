import type {
  GatewayClassResource,
  GatewayResource,
  ListenerSetResource,
  ReferenceGrantResource,
  Resource,
  RouteResource,
} from '../manifest/resources';

/** The objects of the Gateway API, in the order of the manifests. */
export interface GatewayObjects {
  /** By name. */
  readonly classes: ReadonlyMap<string, GatewayClassResource>;
  readonly gateways: readonly GatewayResource[];
  readonly listenerSets: readonly ListenerSetResource[];
  readonly routes: readonly RouteResource[];
  readonly grants: readonly ReferenceGrantResource[];
}

export function gatewayObjectsOf(resources: readonly Resource[]): GatewayObjects {
  const classes = new Map<string, GatewayClassResource>();
  const gateways: GatewayResource[] = [];
  const listenerSets: ListenerSetResource[] = [];
  const routes: RouteResource[] = [];
  const grants: ReferenceGrantResource[] = [];
  for (const resource of resources) {
    if (resource.type === 'gatewayClass') classes.set(resource.name, resource);
    else if (resource.type === 'gateway') gateways.push(resource);
    else if (resource.type === 'listenerSet') listenerSets.push(resource);
    else if (resource.type === 'httpRoute' || resource.type === 'grpcRoute') routes.push(resource);
    else if (resource.type === 'connectionRoute') routes.push(resource);
    else if (resource.type === 'referenceGrant') grants.push(resource);
  }
  return { classes, gateways, listenerSets, routes, grants };
}
