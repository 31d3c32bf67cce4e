import type { Cluster } from '../../cluster/cluster';
import { coversOneLabel } from '../hosts';
import type { TlsTermination } from '../routing';

/** A Secret as Ingresses and listeners refer to it. */
export type SecretName = NonNullable<TlsTermination['secret']>;

/** Whether the certificate of a Secret is one for a host, and why, or why nobody knows. */
export interface Coverage {
  readonly covers: boolean | 'unknown';
  readonly because?: string;
  /** Of the certificate, where somebody read it. */
  readonly names?: readonly string[];
}

/** ING-16: what is known of the certificate in a Secret. Whether it has expired is not judged: the model has no clock. */
export function coverageOf({ namespace, name }: SecretName, host: string, cluster: Cluster): Coverage {
  const title = `the Secret ${namespace}/${name}`;
  const secret = cluster.secret(namespace, name);
  if (!secret) return { covers: 'unknown', because: `${title} is declared elsewhere` };
  const certificate = secret.certificate();
  switch (certificate.state) {
    case 'unread':
      return { covers: 'unknown', because: `nobody has read the certificate of ${title}` };
    case 'none':
      return { covers: false, because: `${title} has no tls.crt` };
    case 'unreadable':
      return { covers: false, because: `the tls.crt of ${title} is no certificate` };
    case 'read': {
      const { names, key } = certificate;
      if (key === 'none') return { covers: false, because: `${title} has no tls.key` };
      if (coversHost(names, host)) {
        return key === 'own' ? { covers: true, names } : { covers: false, because: `${KEY_FAULTS[key]} ${title}` };
      }
      const whom = names.length === 0 ? 'names no host' : `is for ${names.join(', ')}`;
      return { covers: false, because: `the certificate of ${title} ${whom}, and not for ${host}`, names };
    }
  }
}

/** ING-16: the API server takes any key, but no server can show a certificate without its own: controllers pass such Secrets over. */
const KEY_FAULTS = {
  'of-another': 'the tls.key is that of another certificate than the tls.crt, in',
  unreadable: 'the tls.key is no private key, in',
} as const;

/** RFC 9525: by the names of the certificate, where a `*` stands for exactly one label, and for the first only. */
export function coversHost(names: readonly string[], host: string): boolean {
  const wanted = host.toLowerCase();
  return names.some((name) => {
    const own = name.toLowerCase();
    return own === wanted || (own.startsWith('*.') && coversOneLabel(own, wanted));
  });
}
