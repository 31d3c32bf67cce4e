import type { RoutingTable } from '../controllers/controller';
import { hostRank } from '../hosts';
import type { TlsTermination } from '../routing';
import { coverageOf } from './certificate';
import { distinctSecrets, namedBy, shows, showsOneOf, showsOwn } from './named';

/**
 * HAProxy and Traefik load every certificate that an Ingress names, and choose by the names in it, whichever hosts the
 * `tls` lists (ING-16).
 */
export function tlsByNames(name: string, { served, cluster }: RoutingTable): TlsTermination {
  const named = served.flatMap(({ ingress }) => namedBy(ingress));
  const secrets = distinctSecrets(named);
  const covering = secrets.filter((secret) => coverageOf(secret, name, cluster).covers === true);
  if (covering.length > 0) return showsOneOf(covering, name, cluster);
  const meant = distinctSecrets(named.filter(({ hosts }) => hosts.some((each) => hostRank(each, name) > 0)));
  // What nobody has read may be for the host, whatever it was listed for; what was listed for it most likely is.
  const unread = secrets.filter((secret) => coverageOf(secret, name, cluster).covers === 'unknown');
  const [likely] = meant.filter((secret) => unread.includes(secret));
  if (likely) return shows(likely, name, cluster);
  if (meant.length > 0) return showsOneOf(meant, name, cluster);
  return unread.length > 0
    ? { mode: 'terminates', covers: 'unknown', because: `nobody has read which certificate is for ${name}` }
    : showsOwn(`no Ingress names a certificate for ${name}`);
}
