import type { ServicePort, ServiceResource } from '../model/manifest/resources';
import type { FixContext } from './candidate';
import type { Broken } from './checked';
import { valueCode } from './fix-code';
import { meantBy } from './fix-target';
import { aimOf } from './url-target';

/** A Service port behind which a promise about a URL wants requests to get. */
export interface MeantBackend {
  readonly service: ServiceResource;
  readonly port: ServicePort;
}

/** Those of one namespace, for a backend is of the namespace of its Ingress (ING-14); the surest first. */
export function backendsMeant(broken: Broken, namespace: string, context: FixContext): readonly MeantBackend[] {
  const { network } = context;
  const target = meantBy(broken, context);
  if (!target) return [];
  const offered = network.cluster
    .servicesIn(namespace)
    .flatMap((service) =>
      service.ports.map((port) => ({ service, port, aim: aimOf({ service, port }, target, network) })),
    );
  const sure = offered.filter(({ aim }) => aim === 'all');
  return [...sure, ...offered.filter(({ aim }) => aim === 'some')];
}

/** How a backend names the port: by its name, where it has one. */
export function portOfBackend({ port }: MeantBackend): string | number {
  return port.name ?? port.port;
}

/** `service: { name: web, port: { name: http } }`, as it stands in a backend. */
export function serviceCode(service: string, port: string | number, inYaml: boolean): string {
  const code = `{ ${typeof port === 'number' ? 'number' : 'name'}: ${valueCode(port, inYaml)} }`;
  return `service: { name: ${valueCode(service, inYaml)}, port: ${code} }`;
}
