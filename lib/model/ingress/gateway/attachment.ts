import type { Cluster } from '../../cluster/cluster';
import { GATEWAY_GROUP } from '../../manifest/gateway-resource';
import type { GatewayListener, ParentReference, RouteResource } from '../../manifest/resources';
import type { Doubt } from '../../values/ternary';
import { intersection } from './hostnames';
import { allows, labelsDoubt, type ServedListener } from './listeners';

/** A hostname of a route that the listener has too, and what is left of it there; `undefined`: every host. */
export interface RouteHost {
  readonly own?: string;
  readonly effective?: string;
}

/** A route that a listener takes, or why it does not, as the route's condition Accepted would say it. */
export type Attachment =
  | { readonly attached: true; readonly hosts: readonly RouteHost[]; readonly doubts: readonly Doubt[] }
  | { readonly attached: false; readonly reason: Refusal; readonly because: string };

export type Refusal = 'NoMatchingParent' | 'NotAllowedByListeners' | 'NoMatchingListenerHostname' | 'UnsupportedValue';

/** GW-04: which routes a protocol goes with. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
};

/** The kinds that a listener takes, of those that it asks for (GW-04). */
export function kindsOf({ protocol, allowedKinds, tls }: GatewayListener): readonly string[] {
  // What is passed through as it is has no end here that a TCPRoute could begin at.
  const usual = (KINDS[protocol] ?? []).filter((kind) => kind !== 'TCPRoute' || tls?.mode !== 'Passthrough');
  if (allowedKinds.length === 0) return usual;
  return usual.filter((kind) => allowedKinds.some((each) => each.group === GATEWAY_GROUP && each.kind === kind));
}

/** GW-05: the references of a route that mean the object of a listener, whichever listener of it. */
export function referencesTo(route: RouteResource, { of }: ServedListener): readonly ParentReference[] {
  const group = of.apiVersion.split('/')[0];
  return route.parents.filter(
    (parent) =>
      parent.group === group &&
      parent.kind === of.kind &&
      parent.name === of.name &&
      (parent.namespace ?? route.namespace) === of.namespace,
  );
}

/** GW-01, GW-04, GW-05: whether a route is attached to a listener; `undefined` where it does not mean its Gateway at all. */
export function attachmentOf(route: RouteResource, served: ServedListener, cluster: Cluster): Attachment | undefined {
  const references = referencesTo(route, served);
  if (references.length === 0) return undefined;
  const { listener, of } = served;
  const title = `listener ${listener.name}`;
  const meant = references.some(
    ({ sectionName = listener.name, port = listener.port }) => sectionName === listener.name && port === listener.port,
  );
  if (!meant) return refused('NoMatchingParent', `its parentRef does not mean ${title}`);
  if (!kindsOf(listener).includes(route.kind))
    return refused('NotAllowedByListeners', `${title} takes no ${route.kind}`);
  const allowed = allows(listener.allowedNamespaces, of.namespace, route.namespace, cluster);
  if (allowed === 'no') {
    return refused('NotAllowedByListeners', `${title} takes no routes of namespace ${route.namespace}`);
  }
  const hosts = hostsOf(route, listener);
  if (hosts.length === 0) {
    const because = `none of its hostnames is one of ${title}, ${listener.hostname}`;
    return refused('NoMatchingListenerHostname', because);
  }
  return { attached: true, hosts, doubts: allowed === 'maybe' ? [labelsDoubt(route.namespace, 'GW-04')] : [] };
}

function refused(reason: Refusal, because: string): Attachment {
  return { attached: false, reason, because };
}

/** GW-01: hostnames of the route that are none of the listener's count for nothing. */
function hostsOf({ hostnames, kind }: RouteResource, { hostname }: GatewayListener): readonly RouteHost[] {
  if (kind === 'TCPRoute' || kind === 'UDPRoute' || hostnames.length === 0) return [{ effective: hostname }];
  return hostnames.flatMap((own) => {
    const effective = intersection(own, hostname);
    return effective === null ? [] : [{ own, effective }];
  });
}
