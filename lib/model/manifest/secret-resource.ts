import type { ResourceBase } from './resource-base';

/** For whom a certificate is. */
export interface CertificateNames {
  /** DNS names and addresses, as they stand in it: `*.example.com` stands for one label. */
  readonly names: readonly string[];
}

/**
 * Reads the first certificate of a PEM text; `undefined` where there is none. The faces hand it in: the model itself has no
 * cryptography.
 */
export type ReadCertificate = (pem: string) => CertificateNames | undefined;

/** What is known of the certificate of a Secret. */
export type SecretCertificate =
  | ({ readonly state: 'read' } & CertificateNames)
  /** `none`: the Secret has no `tls.crt`. `unreadable`: it holds no certificate. `unread`: nobody was there to read it. */
  | { readonly state: 'none' | 'unreadable' | 'unread' };

/** What Ingresses and Gateways take their certificates from; nothing else of a Secret is read. */
export interface SecretResource extends ResourceBase {
  readonly type: 'secret';
  /** E.g. `kubernetes.io/tls`. */
  readonly secretType: string;
  /** Whether it has a `tls.key`, without which no server shows the certificate. */
  readonly hasKey: boolean;
  /** Read when it is asked for. */
  readonly certificate: () => SecretCertificate;
}
