import type { ServicePort, ServiceResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import { type AliasTarget, aliasTarget } from '../model/reach/alias';
import { type Resolved, resolveEndpoint } from './resolve';

/** SVC-22: the Service of an endpoint that is a mere name for something else. */
function aliasOf({ services, pods, byNodePort }: Resolved): ServiceResource | undefined {
  const [service] = services;
  const isAlone = services.length === 1 && pods.length === 0 && !byNodePort;
  return isAlone && service.serviceType === 'ExternalName' ? service : undefined;
}

/**
 * What a name stands for in the end, under the name that the promise gave it; itself where it is no such name, or where nobody
 * knows what it leads to. Nothing translates ports on the way: a port of the alias is one of its number there (SVC-22).
 */
export function behindAlias(network: Network, target: Resolved): Resolved {
  const alias = aliasOf(target);
  const behind = alias && endBehind(aliasTarget(alias, network.cluster), network);
  return behind ? { ...behind, label: target.label, port: portBehind(alias, target) } : target;
}

function endBehind(led: AliasTarget, { cluster }: Network): Resolved | undefined {
  switch (led.leadsTo) {
    case 'service': {
      const { namespace, name } = led.service;
      return resolveEndpoint({ kind: 'object', object: 'Service', namespace, name }, cluster);
    }
    case 'host':
      return resolveEndpoint({ kind: 'external', host: led.host }, cluster);
    case 'nothing':
    case 'unknown':
      return undefined;
  }
}

function portBehind({ ports }: ServiceResource, { port }: Resolved): Resolved['port'] {
  const own = port && ports.find(({ name }) => name === port.name);
  return own ? { name: own.port, protocol: own.protocol } : port;
}

/**
 * The ports by which an endpoint is used that is a mere name: whatever number the promise tells, else those of its own list,
 * else those of the Service that it leads to. They have no names: who dials a name that leads on dials a number.
 */
export function portsOfAlias(network: Network, target: Resolved): readonly ServicePort[] | undefined {
  const alias = aliasOf(target);
  if (!alias) return undefined;
  const { name, protocol } = target.port ?? {};
  if (typeof name === 'number') return [dialled(name, protocol ?? 'TCP')];
  const listed = alias.ports.length > 0 && hasPort(alias.ports, name) ? alias.ports : portsLedTo(network, alias);
  return listed
    .filter((port) => (name === undefined || port.name === name) && (!protocol || port.protocol === protocol))
    .map((port) => dialled(port.port, port.protocol));
}

function hasPort(ports: readonly ServicePort[], wanted: string | undefined): boolean {
  return wanted === undefined || ports.some(({ name }) => name === wanted);
}

/** The ports of the Services that aliases lead to, which may have names where the aliases list none. */
export function portsLedTo({ cluster }: Pick<Network, 'cluster'>, service: ServiceResource): readonly ServicePort[] {
  if (service.serviceType !== 'ExternalName') return [];
  const led = aliasTarget(service, cluster);
  return led.leadsTo === 'service' ? led.service.ports : [];
}

function dialled(port: number, protocol: ServicePort['protocol']): ServicePort {
  return { port, protocol, targetPort: port };
}
