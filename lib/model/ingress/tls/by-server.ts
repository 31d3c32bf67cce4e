import type { Cluster } from '../../cluster/cluster';
import type { IngressResource } from '../../manifest/resources';
import type { RoutingTable } from '../controllers/controller';
import { serverFor } from '../controllers/nginx/server';
import type { TlsTermination } from '../routing';
import { coverageOf } from './certificate';
import { distinctSecrets, namedBy, shows, showsOwn } from './named';

/** ingress-nginx: one certificate for each host, of the oldest Ingress with a `tls` that has rules for it (ING-16, ING-17). */
export function tlsByServer(name: string, table: RoutingTable): TlsTermination {
  const server = serverFor(name, table);
  const secured = server.host === undefined ? [] : server.ingresses.filter(({ tls }) => tls.length > 0);
  if (server.host === undefined || secured.length === 0)
    return showsOwn(`no Ingress with rules for ${name} has a \`tls\``);
  const { host: served } = server;
  const shown = secured
    .slice(0, server.isOrdered ? 1 : undefined)
    .map((each) => ofIngress(each, served, name, table.cluster));
  const [first] = shown;
  if (shown.every((each) => JSON.stringify(each) === JSON.stringify(first))) return first;
  return {
    mode: 'terminates',
    covers: 'unknown',
    because: `it is the certificate of the oldest Ingress with rules for ${name}`,
  };
}

/** By the host as it stands in the `tls`; else by the names of its certificates. */
function ofIngress(ingress: IngressResource, served: string, name: string, cluster: Cluster): TlsTermination {
  const named = namedBy(ingress);
  const listed = named.find(({ hosts }) => hosts.includes(served));
  if (listed) {
    return listed.secret
      ? checked(shows(listed.secret, name, cluster))
      : showsOwn(`the \`tls\` for ${name} names no Secret`);
  }
  const secrets = distinctSecrets(named);
  const covering = secrets.find((secret) => coverageOf(secret, served, cluster).covers === true);
  if (covering) return shows(covering, name, cluster);
  return secrets.some((secret) => coverageOf(secret, served, cluster).covers === 'unknown')
    ? { mode: 'terminates', covers: 'unknown', because: `nobody has read which certificate is for ${name}` }
    : showsOwn(`the \`tls\` of the Ingress does not list ${name}`);
}

/** What is not for the host ingress-nginx does not show. */
function checked(shown: TlsTermination): TlsTermination {
  if (shown.covers !== false) return shown;
  return { ...shown, secret: undefined, because: `${shown.because}: ingress-nginx shows its own instead` };
}
