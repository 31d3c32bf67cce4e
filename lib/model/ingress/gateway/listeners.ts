import type { Cluster } from '../../cluster/cluster';
import type {
  AllowedNamespaces,
  GatewayListener,
  GatewayResource,
  ListenerSetResource,
} from '../../manifest/resources';
import { byCodeUnit } from '../../values/by-code-unit';
import type { Match } from '../../values/label-selector';
import type { Doubt } from '../../values/ternary';

/** A listener of a Gateway: its own, or one that a ListenerSet adds. */
export interface ServedListener {
  readonly listener: GatewayListener;
  readonly of: GatewayResource | ListenerSetResource;
  /** GW-03: why it takes nothing. */
  readonly conflict?: Conflict;
  /** What leaves open whether it is there. */
  readonly doubts: readonly Doubt[];
}

export interface Conflict {
  readonly reason: 'HostnameConflict' | 'ProtocolConflict';
  readonly because: string;
}

/** Every listener of a Gateway; those of ListenerSets after its own. */
export function listenersOf(gateway: GatewayResource, cluster: Cluster): readonly ServedListener[] {
  const own = rejectTwins(gateway.listeners.map((listener) => ({ listener, of: gateway, doubts: [] })));
  const sets = cluster.gatewayApi.listenerSets
    .map((set) => ({ set, allowed: allowsSet(gateway, set, cluster) }))
    .filter(({ allowed }) => allowed !== 'no')
    .sort((a, b) => byAge(a.set, b.set));
  const all: ServedListener[] = [...own];
  for (const { set, allowed } of sets) {
    const doubts = allowed === 'maybe' ? [labelsDoubt(set.namespace, 'GW-04')] : [];
    const added = rejectTwins(set.listeners.map((listener) => ({ listener, of: set, doubts })));
    all.push(...added.map((each) => yieldTo(all, each)));
  }
  return all;
}

/** The Gateway's own listeners go first, then those of the older ListenerSet, then by name. */
function byAge(a: ListenerSetResource, b: ListenerSetResource): number {
  const age = a.createdAt !== undefined && b.createdAt !== undefined ? a.createdAt - b.createdAt : 0;
  return age || byCodeUnit(`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`);
}

function allowsSet(gateway: GatewayResource, set: ListenerSetResource, cluster: Cluster): Match {
  const { kind, name, namespace = set.namespace } = set.parent;
  if (kind !== 'Gateway' || name !== gateway.name || namespace !== gateway.namespace) return 'no';
  return allows(gateway.allowedListeners, gateway.namespace, set.namespace, cluster);
}

/** GW-04: whether an object of a namespace may be attached; labels of namespaces declared elsewhere nobody knows. */
export function allows(allowed: AllowedNamespaces, home: string, namespace: string, cluster: Cluster): Match {
  switch (allowed.from) {
    case 'All':
      return 'yes';
    case 'None':
      return 'no';
    case 'Same':
      return namespace === home ? 'yes' : 'no';
    case 'Selector':
      return allowed.selector.match(cluster.namespaces.get(namespace).labels);
  }
}

export function labelsDoubt(namespace: string, rule: string): Doubt {
  return { rule, wouldDecide: `the labels of Namespace ${namespace}, which is declared elsewhere`, namespace };
}

/** GW-03: of listeners of one object that are not distinct none wins. */
function rejectTwins(listeners: readonly ServedListener[]): readonly ServedListener[] {
  return listeners.map((each) => {
    const others = listeners.filter((other) => other !== each);
    return others.reduce((result, other) => withConflict(result, other), each);
  });
}

/** GW-03: a listener that a ListenerSet adds gives way to what was there before it. */
function yieldTo(earlier: readonly ServedListener[], each: ServedListener): ServedListener {
  let result = each;
  for (const other of earlier.filter(({ conflict }) => conflict === undefined)) {
    const against = withConflict(result, other);
    const isOpen = against.conflict && !result.conflict && isAgeOpen(each.of, other.of);
    result = isOpen ? { ...result, doubts: [...result.doubts, ageDoubt(each.of, other.of)] } : against;
  }
  return result;
}

function isAgeOpen(a: ServedListener['of'], b: ServedListener['of']): boolean {
  return b.type === 'listenerSet' && (a.createdAt === undefined || b.createdAt === undefined);
}

function ageDoubt(a: ServedListener['of'], b: ServedListener['of']): Doubt {
  return {
    rule: 'GW-03',
    wouldDecide: `which is older, ListenerSet ${a.namespace}/${a.name} or ${b.namespace}/${b.name}`,
  };
}

function withConflict(each: ServedListener, other: ServedListener): ServedListener {
  if (each.conflict) return each;
  const conflict = conflictOf(each.listener, other.listener);
  if (conflict === 'open') {
    const wouldDecide = `whether the controller takes HTTP and TLS on one port, ${each.listener.port}`;
    return { ...each, doubts: [...each.doubts, { rule: 'GW-03', wouldDecide }] };
  }
  if (conflict === undefined) return each;
  const { name, port } = other.listener;
  return { ...each, conflict: { reason: conflict, because: `listener ${name} is not distinct on port ${port}` } };
}

const BY_HOSTNAME = ['HTTP', 'HTTPS', 'TLS'];

/** GW-03: HTTP, HTTPS and TLS are told apart by port and hostname, TCP and UDP by the port alone. */
function conflictOf(a: GatewayListener, b: GatewayListener): Conflict['reason'] | 'open' | undefined {
  if (a.port !== b.port || (a.protocol === 'UDP') !== (b.protocol === 'UDP')) return undefined;
  const [first, second] = [a, b].map(({ protocol }) => BY_HOSTNAME.includes(protocol));
  if (!first || !second) return isCore(a) && isCore(b) ? 'ProtocolConflict' : undefined;
  if (a.hostname === b.hostname) return a.protocol === b.protocol ? 'HostnameConflict' : 'ProtocolConflict';
  return (a.protocol === 'HTTP') !== (b.protocol === 'HTTP') ? 'open' : undefined;
}

function isCore({ protocol }: GatewayListener): boolean {
  return [...BY_HOSTNAME, 'TCP', 'UDP'].includes(protocol);
}
