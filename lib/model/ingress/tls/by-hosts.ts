import type { RoutingTable } from '../controllers/controller';
import { hostRank } from '../hosts';
import type { TlsTermination } from '../routing';
import { distinctSecrets, type NamedCertificate, namedBy, showsOneOf, showsOwn } from './named';

/** ING-16: the Secret that an Ingress names for the host of the handshake, the more precise name first. */
export function tlsByHosts(name: string, { served, cluster }: RoutingTable): TlsTermination {
  const named = served.flatMap(({ ingress }) => namedBy(ingress));
  const best = Math.max(0, ...named.map((each) => rankOf(each, name)));
  const own = named.filter((each) => (best === 0 ? each.hosts.length === 0 : rankOf(each, name) === best));
  const secrets = distinctSecrets(own);
  if (secrets.length > 0) return showsOneOf(secrets, name, cluster);
  return showsOwn(
    own.length > 0 ? `the \`tls\` for ${name} names no Secret` : `no Ingress names a certificate for ${name}`,
  );
}

function rankOf({ hosts }: NamedCertificate, name: string): number {
  return Math.max(0, ...hosts.map((host) => hostRank(host, name)));
}
