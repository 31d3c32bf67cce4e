import type { IngressLintDetail } from '../../finding/ingress-lint';
import { blame } from '../../manifest/blame';
import type { ServicePort, ServiceResource } from '../../manifest/resources';
import { nearest } from '../../values/nearest';
import { type IngressLintRule, references } from './rule';
import { hasPort, portId } from './service-ports';

type Detail = IngressLintDetail & { readonly code: 'PTL403' };

/** PTL403: the port of a backend is one of the Service's own, by name or number, and this one it does not have (ING-14). */
export const portOfNobody: IngressLintRule = (cluster) =>
  references(cluster).flatMap(({ ingress, backend, requests }) => {
    const service = cluster.servicesIn(ingress.namespace).find(({ name }) => name === backend.name);
    // SVC-22: a mere name has any port; some controllers send to whichever the backend gives.
    if (!service || service.serviceType === 'ExternalName' || hasPort(service, backend.port)) return [];
    const isTargetPort = service.ports.some(({ targetPort }) => targetPort === backend.port);
    const detail: Detail = {
      code: 'PTL403',
      service: backend.name,
      port: backend.port,
      requests,
      has: service.ports.map(portText),
      isTargetPort,
      didYouMean: meant(service, backend.port),
    };
    const field = [...backend.field, 'port', typeof backend.port === 'string' ? 'name' : 'number'];
    return [
      { severity: isTargetPort ? ('warning' as const) : ('error' as const), ...blame(ingress, field), ...detail },
    ];
  });

/** The port that sends there, else one of a name near to this, else the only one. */
function meant({ ports }: ServiceResource, port: string | number): string | undefined {
  const sending = ports.find(({ targetPort }) => targetPort === port);
  if (sending) return portId(sending);
  const names = ports.flatMap(({ name }) => name ?? []);
  const near = typeof port === 'string' ? nearest(port, names) : undefined;
  return near ?? (ports.length === 1 ? portId(ports[0]) : undefined);
}

function portText({ name, port, protocol }: ServicePort): string {
  return name === undefined ? `${port}/${protocol}` : `${name} (${port}/${protocol})`;
}
