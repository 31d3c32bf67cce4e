import { hostWithin } from '../url-promises';
import type { GatewayFacts } from './gateway-ref';
import type { Listener } from './listener';

const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/**
 * Where requests for a route come to: scheme, host and port, one for each host that it shares with a listener (GW-01). None
 * where every host is meant, for which others then are decides what else there is; and none of a Gateway of another repository.
 */
export function originsOf(
  { declared }: GatewayFacts,
  attached: readonly string[],
  hostnames: readonly string[] | undefined,
): readonly string[] {
  const listeners = attached.flatMap((name) => declared?.get(name) ?? []);
  const origins = listeners.flatMap((listener) =>
    (hostnames ?? [undefined]).flatMap((hostname) => originOf(listener, hostname) ?? []),
  );
  return [...new Set(origins)];
}

function originOf(listener: Listener, hostname: string | undefined): string | undefined {
  const host = sharedHost(listener.hostname, hostname);
  if (host === undefined) return undefined;
  const scheme = listener.protocol === 'HTTPS' ? 'https' : 'http';
  const port = DEFAULT_PORTS[scheme] === listener.port ? '' : `:${listener.port}`;
  return `${scheme}://${hostWithin(host)}${port}`;
}

/** GW-01: the narrower of the two; `undefined` where they have nothing in common, or neither says anything. */
function sharedHost(ofListener: string | undefined, ofRoute: string | undefined): string | undefined {
  if (ofListener === undefined || ofRoute === undefined) return ofListener ?? ofRoute;
  if (covers(ofListener, ofRoute)) return ofRoute;
  return covers(ofRoute, ofListener) ? ofListener : undefined;
}

function covers(wide: string, narrow: string): boolean {
  return wide === narrow || (wide.startsWith('*.') && narrow.endsWith(wide.slice(1)));
}
