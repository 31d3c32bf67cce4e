import type { Cluster } from '../../cluster/cluster';
import type { IngressLintDetail } from '../../finding/ingress-lint';
import type { FieldPath } from '../../finding/origin';
import { blame } from '../../manifest/blame';
import type { IngressResource, ServicePort, ServiceResource } from '../../manifest/resources';
import { nearest } from '../../values/nearest';
import { ingressEdges } from '../ingress-edges';
import { claimsOf } from './path-claims';
import { isRuleOf, probe } from './probe';
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
      goesBefore: from.type === 'ingress' ? beatenBy(from, portField, cluster) : [],
      didYouMean: meant(service, port, isRoute),
    };
    const severity = isTargetPort && !isRoute ? 'warning' : 'error';
    return [{ severity, ...blame(from, portField), ...detail }];
  });

/** The rules that match the path as well, and why they lost: what an author may have thought would take the requests. */
function beatenBy(ingress: IngressResource, field: FieldPath, cluster: Cluster): Detail['goesBefore'] {
  const claim = claimsOf(ingress).find(({ path: { backend } }) => backend.field.join() === field.slice(0, -2).join());
  if (!claim) return [];
  const related = cluster.ingresses.filter((each) => each.rules.some(({ host }) => host === claim.host));
  return probe(claim, claim.path.path ?? '/', ingressEdges(cluster, related))
    .filter(({ winner }) => isRuleOf(claim, winner))
    .flatMap(({ routed: { considered } }) => considered.filter(({ matched }) => matched === 'yes'))
    .map(({ rule: { matches }, because }) => ({ matches, because }));
}

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
