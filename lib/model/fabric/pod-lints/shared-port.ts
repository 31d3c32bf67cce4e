import type { Lint } from '../../finding/lint';
import type { PodLintDetail } from '../../finding/pod-lint';
import { blame } from '../../manifest/blame';
import type { ContainerPort, PlacedPort, PodContainer } from '../../manifest/resources';
import type { PodLintRule, PodMaker } from './rule';

type Detail = PodLintDetail & { readonly code: 'PTL320' };

/**
 * PTL320: containers of a pod have one network, so that only one of them can listen on a port of a protocol (NET-07). A number
 * that is declared says nothing of who listens, and the API server takes it twice: a warning. Of ports of one name the first is
 * what the name means. Init containers that run to their end are gone before the others start (SVC-07).
 */
export const sharedPort: PodLintRule = ({ makers }) => makers.flatMap(lintsOfPod);

interface Declared {
  readonly container: PodContainer;
  readonly port: PlacedPort;
}

function lintsOfPod({ resource, template }: PodMaker): readonly Lint[] {
  // Nearly all pods have no such ports, and then their containers need not be read.
  if (!hasTwins(template.ports)) return [];
  const declared = (template.containers?.() ?? [])
    .filter(({ role }) => role !== 'init')
    .flatMap((container) => container.ports.map((port): Declared => ({ container, port })));
  return declared.flatMap((one, i) => {
    const details = [byNumber(one, declared.slice(0, i)), byName(one, declared.slice(0, i))];
    return details.flatMap((detail) => {
      if (!detail) return [];
      const step = detail.problem === 'number' ? 'containerPort' : 'name';
      return [{ severity: 'warning' as const, ...blame(resource, [...one.port.field, step]), ...detail }];
    });
  });
}

function hasTwins(ports: readonly ContainerPort[]): boolean {
  if (ports.length < 2) return false;
  const names = ports.flatMap(({ name }) => name ?? []);
  return new Set(ports.map(portText)).size < ports.length || new Set(names).size < names.length;
}

function byNumber({ container, port }: Declared, before: readonly Declared[]): Detail | undefined {
  const text = portText(port);
  // A container may declare one port by several names: only what another one listens on is taken.
  const first = before.find((other) => other.container !== container && portText(other.port) === text);
  if (!first) return undefined;
  return { code: 'PTL320', problem: 'number', port: text, containers: [first.container.name, container.name] };
}

function byName({ container, port }: Declared, before: readonly Declared[]): Detail | undefined {
  const { name } = port;
  const first = name === undefined ? undefined : before.find((other) => other.port.name === name);
  // Of one number there is nothing to mistake, and it is told already.
  if (name === undefined || !first || portText(first.port) === portText(port)) return undefined;
  return {
    code: 'PTL320',
    problem: 'name',
    port: name,
    containers: [first.container.name, container.name],
    ports: [portText(first.port), portText(port)],
  };
}

function portText({ port, protocol }: ContainerPort): string {
  return `${port}/${protocol}`;
}
