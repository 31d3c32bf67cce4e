import type { Resource, ServicePort, ServiceResource } from '../model/manifest/resources';

/** @param name as findings have it: `namespace/name` */
export function serviceCalled(name: string, resources: readonly Resource[]): ServiceResource | undefined {
  return resources.find((r): r is ServiceResource => r.type === 'service' && `${r.namespace}/${r.name}` === name);
}

/** The resources with one Service changed. */
export function editService(
  service: ServiceResource,
  resources: readonly Resource[],
  change: Partial<ServiceResource>,
): readonly Resource[] {
  return resources.map((r) => (r === service ? { ...service, ...change } : r));
}

/** Likewise with one of its ports changed. */
export function editPort(
  service: ServiceResource,
  port: ServicePort,
  resources: readonly Resource[],
  change: Partial<ServicePort>,
): readonly Resource[] {
  const ports = service.ports.map((each) => (each === port ? { ...port, ...change } : each));
  return editService(service, resources, { ports });
}
