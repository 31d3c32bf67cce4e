import type { Edge } from '../ingress/edge';
import type { UrlRequest } from '../ingress/request';
import type { FrontDoor } from '../service/front-doors';
import type { Doubt } from '../values/ternary';

/** ING-16: whether a controller takes requests of a scheme where clients connect, as far as anybody knows. */
export function schemeDoubts(edge: Edge, request: UrlRequest, doors: readonly FrontDoor[]): readonly Doubt[] {
  if (edge.api !== 'Ingress') return [];
  if (!edge.controller) return isUsual(edge, request) ? [] : [unheardOf(edge, request)];
  return doors.filter((door) => isForOther(door, request)).map((door) => crossed(edge, door, request));
}

function isUsual({ listeners }: Edge, { port, scheme }: UrlRequest): boolean {
  return listeners.some((listener) => listener.port === port && listener.protocol.toLowerCase() === scheme);
}

function unheardOf({ label }: Edge, { port, scheme }: UrlRequest): Doubt {
  const wouldDecide = `the pods and the Service of ${label}: Ingresses know of http on port 80 and https on port 443 alone, and not of ${scheme} on port ${port}`;
  return { rule: 'ING-16', wouldDecide };
}

/** The ports that proxies listen on by their defaults, and how charts name them. */
const USUAL: Readonly<Record<UrlRequest['scheme'], readonly (string | number)[]>> = {
  http: ['http', 'web', 80, 8000, 8080],
  https: ['https', 'websecure', 443, 8443],
};

/** The name of the container's port tells it, else the number. */
function isForOther({ pod, port, protocol }: FrontDoor, { scheme }: UrlRequest): boolean {
  const other = scheme === 'http' ? 'https' : 'http';
  const name = pod.ports.find((each) => each.port === port && each.protocol === protocol)?.name;
  const known = name !== undefined && [...USUAL.http, ...USUAL.https].includes(name) ? name : port;
  return USUAL[other].includes(known);
}

function crossed({ label }: Edge, { port, service }: FrontDoor, request: UrlRequest): Doubt {
  const by = service ? ` of Service ${service.namespace}/${service.name}` : '';
  const wouldDecide = `a way for ${request.scheme} to ${label}: port ${request.port}${by} leads to its port ${port}, which is not for it, unless something before it ends TLS`;
  return { rule: 'ING-16', wouldDecide };
}
