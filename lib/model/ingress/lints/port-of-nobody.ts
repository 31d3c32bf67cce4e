import type { IngressLintDetail } from '../../finding/ingress-lint';
import { blame } from '../../manifest/blame';
import type { ServicePort, ServiceResource } from '../../manifest/resources';
import { nearest } from '../../values/nearest';
import { references } from './references';
import type { IngressLintRule } from './rule';
import { hasPort, portId } from './service-ports';

type Detail = IngressLintDetail & { readonly code: 'PTL403' };

/** PTL403: the port of a backend is one of the Service's own (ING-14, GW-11), and this one it does not have. */
export const portOfNobody: IngressLintRule = (cluster) =>
  references(cluster).flatMap(({ from, namespace, service: name, port, portField, requests }) => {
    const service = cluster.servicesIn(namespace).find((each) => each.name === name);
    // SVC-22: a mere name has any port; some controllers send to whichever the backend gives.
    if (!service || service.serviceType === 'ExternalName' || hasPort(service, port)) return [];
    const isTargetPort = service.ports.some(({ targetPort }) => targetPort === port);
    const isRoute = from.kind !== 'Ingress';
    const detail: Detail = {
      code: 'PTL403',
      service: name,
      namespace,
      port,
      requests,
      has: service.ports.map(portText),
      isTargetPort,
      didYouMean: meant(service, port, isRoute),
    };
    const severity = isTargetPort && !isRoute ? 'warning' : 'error';
    return [{ severity, ...blame(from, portField), ...detail }];
  });

/** The port that sends there, else one of a name near to this, else the only one. A route gives numbers. */
function meant({ ports }: ServiceResource, port: string | number, byNumber: boolean): string | undefined {
  const idOf = byNumber ? ({ port: number }: ServicePort) => String(number) : portId;
  const sending = ports.find(({ targetPort }) => targetPort === port);
  if (sending) return idOf(sending);
  const names = ports.flatMap(({ name }) => name ?? []);
  const near = typeof port === 'string' ? nearest(port, names) : undefined;
  return near ?? (ports.length === 1 ? idOf(ports[0]) : undefined);
}

function portText({ name, port, protocol }: ServicePort): string {
  return name === undefined ? `${port}/${protocol}` : `${name} (${port}/${protocol})`;
}
