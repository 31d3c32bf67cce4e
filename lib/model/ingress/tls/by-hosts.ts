import type { RoutingTable } from '../controllers/controller';
import { hostRank } from '../hosts';
import type { UrlRequest } from '../request';
import type { TlsTermination } from '../routing';

/** ING-16: the Secret that an Ingress names for the host of the handshake, the more precise name first. */
export function tlsByHosts({ scheme, sni = '' }: UrlRequest, { served }: RoutingTable): TlsTermination | undefined {
  if (scheme === 'http') return undefined;
  const named = served.flatMap(({ ingress }) =>
    ingress.tls.flatMap(({ hosts, secretName: name }) =>
      name === undefined
        ? []
        : hosts.map((host) => ({ rank: hostRank(host.toLowerCase(), sni), namespace: ingress.namespace, name })),
    ),
  );
  const [best] = named.filter(({ rank }) => rank > 0).sort((a, b) => b.rank - a.rank);
  if (!best) {
    return {
      mode: 'terminates',
      covers: 'unknown',
      because: `no Ingress names a certificate for ${sni || 'the address'}`,
    };
  }
  const secret = { namespace: best.namespace, name: best.name };
  return {
    mode: 'terminates',
    secret,
    covers: 'unknown',
    because: `nobody reads the Secret ${secret.namespace}/${secret.name}`,
  };
}
