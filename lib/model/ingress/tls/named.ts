import type { Cluster } from '../../cluster/cluster';
import type { IngressResource } from '../../manifest/resources';
import type { TlsTermination } from '../routing';
import { coverageOf, type SecretName } from './certificate';

/** A line of a `tls`: for which hosts, and from where. */
export interface NamedCertificate {
  /** Lower case. Empty: left to the controller. */
  readonly hosts: readonly string[];
  readonly secret?: SecretName;
}

/** What an Ingress names for its hosts (ING-16). */
export function namedBy({ tls, namespace }: IngressResource): readonly NamedCertificate[] {
  return tls.map(({ hosts, secretName }) => ({
    hosts: hosts.map((host) => host.toLowerCase()),
    secret: secretName === undefined ? undefined : { namespace, name: secretName },
  }));
}

/** The certificate of a Secret is shown. */
export function shows(secret: SecretName, host: string, cluster: Cluster): TlsTermination {
  const { covers, because } = coverageOf(secret, host, cluster);
  return { mode: 'terminates', secret, covers, because };
}

/** The controller shows the one that it was started with, or one that nobody trusts. */
export function showsOwn(because: string): TlsTermination {
  return {
    mode: 'terminates',
    covers: 'unknown',
    because: `${because}: the controller shows a certificate of its own`,
  };
}

/** One of several: which of them nobody knows. */
export function showsOneOf(secrets: readonly SecretName[], host: string, cluster: Cluster): TlsTermination {
  if (secrets.length === 1) return shows(secrets[0], host, cluster);
  const known = secrets.map((secret) => coverageOf(secret, host, cluster).covers);
  const covers = known.every((each) => each === known[0]) ? known[0] : 'unknown';
  const names = secrets.map(({ namespace, name }) => `${namespace}/${name}`).sort();
  return { mode: 'terminates', covers, because: `it is the certificate of one of the Secrets ${names.join(', ')}` };
}

export function distinctSecrets(named: readonly NamedCertificate[]): readonly SecretName[] {
  const secrets = named.flatMap(({ secret }) => secret ?? []);
  return [...new Map(secrets.map((secret) => [`${secret.namespace}/${secret.name}`, secret])).values()];
}
