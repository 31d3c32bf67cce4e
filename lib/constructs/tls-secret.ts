import type { IConstruct } from 'constructs';

/** The construct that makes a Secret: an `ApiObject`, or the `Secret` of cdk8s-plus. */
export interface SecretConstruct extends IConstruct {
  readonly kind: string;
  readonly name: string;
  readonly metadata?: { readonly namespace?: string };
}

/** A Secret with a certificate and its key: its name, or the construct that makes it. */
export type TlsSecret = string | SecretConstruct;

/** A Secret as objects refer to it. */
export interface SecretName {
  readonly name: string;
  /** `undefined`: that of the object which refers to it. */
  readonly namespace?: string;
}

/** Throws for a construct that is no Secret. @param where for messages, e.g. `Ingress "shop/edge"` */
export function secretName(where: string, secret: TlsSecret): SecretName {
  if (typeof secret === 'string') return { name: secret };
  const { kind, name, metadata } = secret;
  if (kind === 'Secret') return { name, namespace: metadata?.namespace };
  throw new Error(
    `Unable to take the certificate of ${where} from "${secret.node.path}": it is a ${kind}, and certificates are in Secrets.`,
  );
}
