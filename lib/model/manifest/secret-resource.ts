import type { ResourceBase } from './resource-base';

/** What the private key beside a certificate is to it: without its own no server shows the certificate. */
export type CertificateKey = 'own' | 'of-another' | 'unreadable' | 'none';

/** For whom a certificate is, and whether it can be shown. */
export interface CertificateFacts {
  /** DNS names and addresses, as they stand in it: `*.example.com` stands for one label. */
  readonly names: readonly string[];
  readonly key: CertificateKey;
}

/**
 * Reads the first certificate of a PEM text, and compares the private key with it; `undefined` where there is no certificate.
 * The faces hand it in: the model itself has no cryptography.
 */
export type ReadCertificate = (pem: string, key: string | undefined) => CertificateFacts | undefined;

/** What is known of the certificate of a Secret. */
export type SecretCertificate =
  | ({ readonly state: 'read' } & CertificateFacts)
  /** `none`: the Secret has no `tls.crt`. `unreadable`: it holds no certificate. `unread`: nobody could read it. */
  | { readonly state: 'none' | 'unreadable' | 'unread' };

/** What Ingresses and Gateways take their certificates from; nothing else of a Secret is read. */
export interface SecretResource extends ResourceBase {
  readonly type: 'secret';
  /** E.g. `kubernetes.io/tls`. */
  readonly secretType: string;
  /** Read when it is asked for. */
  readonly certificate: () => SecretCertificate;
}
