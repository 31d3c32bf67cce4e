import { assertDnsLabel } from '../names';
import { assertUrlHost } from '../url-hosts';
import type { Listener } from './listener';

type Named = readonly [name: string, listener: Listener];

/** The listeners by name, checked as the API server and controllers would, but at the line that declares them. @param where e.g. `Gateway "infra/public"` */
export function checkedListeners(
  where: string,
  declared: Readonly<Record<string, Listener>>,
): ReadonlyMap<string, Listener> {
  const listeners = Object.entries(declared);
  if (listeners.length === 0) throw new Error(`Unable to create ${where}: it has no listeners.`);
  for (const [name, { hostname }] of listeners) {
    assertDnsLabel(name, `a listener of ${where}`);
    if (hostname !== undefined) assertUrlHost(`listener "${name}" of ${where}`, hostname);
  }
  listeners.forEach((listener, i) => {
    for (const other of listeners.slice(0, i)) assertDistinct(where, other, listener);
  });
  return new Map(listeners);
}

/** GW-03: of listeners that can't be told apart a controller takes none. */
function assertDistinct(where: string, [otherName, other]: Named, [name, listener]: Named): void {
  if (other.port !== listener.port) return;
  const cannotListen = `Unable to listen as "${name}" in ${where}: "${otherName}" listens on port ${listener.port} `;
  if (other.protocol !== listener.protocol) {
    throw new Error(`${cannotListen}for ${other.protocol}, and a port has one protocol (GW-03). Give another port.`);
  }
  if (other.hostname === listener.hostname) {
    const host = listener.hostname === undefined ? 'every host' : `host "${listener.hostname}"`;
    throw new Error(`${cannotListen}for ${host} as well, and a controller then takes neither (GW-03).`);
  }
}
