import type { Cluster } from '../../cluster/cluster';
import type { FieldPath } from '../../finding/origin';
import { GATEWAY_GROUP } from '../../manifest/gateway-resource';
import type { GatewayResource, ParentReference, RouteResource } from '../../manifest/resources';
import type { Doubt } from '../../values/ternary';
import { attachmentOf, kindsOf, referencesTo } from './attachment';
import { type BackendFault, resolveBackend } from './backends';
import type { ServedListener } from './listeners';
import { CLOSENESS, type GatewayTable, gatewayTable, type ListenerTable } from './table';

/** What a controller would write into the status of an object, as far as manifests decide it. */
export interface Condition {
  readonly type: 'Accepted' | 'Programmed' | 'ResolvedRefs' | 'Conflicted';
  readonly status: 'True' | 'False' | 'Unknown';
  /** A reason of the API, e.g. `RefNotPermitted`. */
  readonly reason: string;
  /** Why it is so, where it is not as it should be. */
  readonly because?: string;
  /** What it is about, from the root of the object. */
  readonly field?: FieldPath;
  /** INVARIANT: there where the status is Unknown. */
  readonly doubts?: readonly Doubt[];
}

export interface ListenerConditions {
  readonly listener: ServedListener;
  /** The routes that it takes (GW-04). */
  readonly attached: readonly RouteResource[];
  readonly conditions: readonly Condition[];
}

export interface GatewayConditions {
  readonly gateway: GatewayResource;
  readonly conditions: readonly Condition[];
  readonly listeners: readonly ListenerConditions[];
}

/** Of one route, about one of its parents. */
export interface RouteConditions {
  readonly route: RouteResource;
  readonly parent: ParentReference;
  readonly conditions: readonly Condition[];
}

/** The conditions of all Gateways and of all routes that mean one. */
export function conditionsOf(cluster: Cluster): {
  readonly gateways: readonly GatewayConditions[];
  readonly routes: readonly RouteConditions[];
} {
  const tables = cluster.gatewayApi.gateways.map((gateway) => gatewayTable(gateway, cluster));
  return {
    gateways: tables.map(gatewayConditions),
    routes: cluster.gatewayApi.routes.flatMap((route) =>
      route.parents
        .filter(isEdge)
        .map((parent) => ({ route, parent, conditions: routeConditions(route, parent, tables, cluster) })),
    ),
  };
}

/** Routes of a mesh are attached to Services, which is another matter. */
function isEdge({ kind }: ParentReference): boolean {
  return kind === 'Gateway' || kind === 'ListenerSet' || kind === 'XListenerSet';
}

function gatewayConditions({ gateway, listeners }: GatewayTable): GatewayConditions {
  const own = listeners.map(listenerConditions);
  const broken = own.filter(({ conditions }) =>
    conditions.some(({ type, status }) => type === 'Programmed' && status === 'False'),
  );
  const isNone = broken.length === own.length;
  if (broken.length === 0) return { gateway, listeners: own, conditions: [fine('Accepted'), fine('Programmed')] };
  const because = `${broken.length} of its ${own.length} listeners can't serve`;
  const status = isNone ? 'False' : 'True';
  return {
    gateway,
    listeners: own,
    conditions: [
      { type: 'Accepted', status, reason: 'ListenersNotValid', because },
      isNone ? { type: 'Programmed', status, reason: 'Invalid', because } : fine('Programmed'),
    ],
  };
}

function fine(type: Condition['type']): Condition {
  return { type, status: 'True', reason: type };
}

function listenerConditions({ served, certificates, requests, connections }: ListenerTable): ListenerConditions {
  const { listener, conflict } = served;
  const { field } = listener;
  const accepted = acceptedListener(served);
  const references = certificates.fault ?? strangeKind(served);
  const resolved: Condition = references
    ? { type: 'ResolvedRefs', status: 'False', ...references, field }
    : fine('ResolvedRefs');
  const isServing = accepted.status === 'True' && (!certificates.fault || certificates.secrets.length > 0);
  const conflicted: Condition = conflict
    ? { type: 'Conflicted', status: 'True', ...conflict, field }
    : { type: 'Conflicted', status: 'False', reason: 'NoConflicts' };
  return {
    listener: served,
    attached: [...requests, ...connections].map(({ route }) => route),
    conditions: [
      accepted,
      isServing
        ? fine('Programmed')
        : {
            type: 'Programmed',
            status: 'False',
            reason: 'Invalid',
            because: accepted.because ?? references?.because,
            field,
          },
      resolved,
      conflicted,
    ],
  };
}

function acceptedListener({ listener, conflict }: ServedListener): Condition {
  const { protocol, field } = listener;
  if (conflict) return { type: 'Accepted', status: 'False', reason: 'Invalid', because: conflict.because, field };
  if (['HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'].includes(protocol)) return fine('Accepted');
  const doubt = { rule: 'GW-04', wouldDecide: `what the controller makes of the protocol ${protocol}` };
  return { type: 'Accepted', status: 'Unknown', reason: 'UnsupportedProtocol', field, doubts: [doubt] };
}

/** GW-04: a kind that does not go with the protocol. */
function strangeKind({ listener }: ServedListener): Pick<Condition, 'reason' | 'because'> | undefined {
  const taken = kindsOf(listener);
  const strange = listener.allowedKinds.find(({ group, kind }) => group !== GATEWAY_GROUP || !taken.includes(kind));
  if (!strange) return undefined;
  const because = `a listener for ${listener.protocol} takes no ${strange.kind}`;
  return { reason: 'InvalidRouteKinds', because };
}

function routeConditions(
  route: RouteResource,
  parent: ParentReference,
  tables: readonly GatewayTable[],
  cluster: Cluster,
): readonly Condition[] {
  return [acceptedRoute(route, parent, tables, cluster), resolvedRefs(route, cluster)];
}

function acceptedRoute(
  route: RouteResource,
  parent: ParentReference,
  tables: readonly GatewayTable[],
  cluster: Cluster,
): Condition {
  const { field } = parent;
  const alone = { ...route, parents: [parent] };
  const meant = tables
    .flatMap(({ listeners }) => listeners)
    .filter(({ served }) => referencesTo(alone, served).length > 0);
  if (meant.length === 0) {
    const { kind, name, namespace = route.namespace } = parent;
    const wouldDecide = `the manifest of ${kind} ${namespace}/${name}`;
    return { type: 'Accepted', status: 'Unknown', reason: 'Pending', field, doubts: [{ rule: 'GW-05', wouldDecide }] };
  }
  const attachments = meant.flatMap(({ served, requests, connections }) => {
    const attachment = attachmentOf(alone, served, cluster);
    const taken = [...requests, ...connections].find((each) => each.route === route);
    if (!attachment?.attached || served.conflict || taken) return attachment ? [{ attachment, taken }] : [];
    return [{ attachment: { attached: false, reason: 'UnsupportedValue', because: MIXED } as const, taken }];
  });
  const attached = attachments.filter(({ attachment }) => attachment.attached);
  const doubts = attached.flatMap(({ taken }) => taken?.doubts ?? []);
  if (attached.some(({ taken }) => !taken || taken.doubts.length === 0)) return fine('Accepted');
  if (attached.length > 0) return { type: 'Accepted', status: 'Unknown', reason: 'Pending', field, doubts };
  const [refusal] = attachments
    .flatMap(({ attachment }) => (attachment.attached ? [] : [attachment]))
    .sort((a, b) => CLOSENESS.indexOf(b.reason) - CLOSENESS.indexOf(a.reason));
  const { reason, because } = refusal;
  return { type: 'Accepted', status: 'False', reason, because, field };
}

const MIXED = 'an older route of another kind has its hostnames, and a listener takes one of them alone';

function resolvedRefs(route: RouteResource, cluster: Cluster): Condition {
  const faults = route.rules.flatMap(({ backends, filters }): readonly (Fault & { readonly field: FieldPath })[] => [
    ...backends.flatMap((backend) => {
      const found = resolveBackend(backend, route, cluster);
      return 'fault' in found ? [{ ...found, field: backend.field }] : [];
    }),
    ...filters.flatMap((filter) =>
      filter.type === 'RequestMirror' ? mirrorFault(filter.backend, route, cluster) : [],
    ),
  ]);
  const [first] = faults;
  if (!first) return fine('ResolvedRefs');
  const { fault, because, field, doubts } = first;
  if (doubts.length > 0) return { type: 'ResolvedRefs', status: 'Unknown', reason: fault, because, field, doubts };
  return { type: 'ResolvedRefs', status: 'False', reason: fault, because, field };
}

interface Fault {
  readonly fault: BackendFault;
  readonly because: string;
  readonly doubts: readonly Doubt[];
}

function mirrorFault(
  backend: Extract<RouteResource['rules'][number]['filters'][number], { type: 'RequestMirror' }>['backend'],
  route: RouteResource,
  cluster: Cluster,
): readonly (Fault & { readonly field: FieldPath })[] {
  const found = resolveBackend({ ...backend, weight: 1, filters: [] }, route, cluster);
  return 'fault' in found ? [{ ...found, field: backend.field }] : [];
}
