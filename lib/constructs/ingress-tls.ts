import type { IngressProps, IngressTls } from './ingress-props';
import type { IngressHostFacts } from './ingress-routes';
import { secretName, type TlsSecret } from './tls-secret';
import { assertUrlHost } from './url-hosts';

/** Which certificate is shown to whom, as it stands in the manifest. */
export interface IngressCertificate {
  readonly hosts?: readonly string[];
  readonly secretName?: string;
}

/** The `tls` of an Ingress: one certificate is for all of its hosts. @param where e.g. `Ingress "shop/edge"` */
export function certificatesOf(
  where: string,
  namespace: string,
  tls: IngressProps['tls'],
  routed: readonly IngressHostFacts[],
): readonly IngressCertificate[] | undefined {
  if (tls === undefined) return undefined;
  const nameOf = (secret: TlsSecret) => ownSecret(where, namespace, secret);
  if (!isList(tls)) {
    const hosts = routed.flatMap(({ host }) => host ?? []);
    return [{ hosts: hosts.length > 0 ? hosts : undefined, secretName: nameOf(tls) }];
  }
  for (const host of tls.flatMap(({ hosts }) => hosts)) assertUrlHost(where, host);
  return tls.map(({ hosts, secret }) => ({ hosts, secretName: secret && nameOf(secret) }));
}

/** Whether TLS is terminated for requests to the host with a certificate that the Ingress names. */
export function isSecured(certificates: readonly IngressCertificate[], host: string): boolean {
  const wildcard = host.replace(/^[^.]+/, '*');
  return certificates.some(({ hosts }) => !hosts || hosts.includes(host) || hosts.includes(wildcard));
}

/** ING-16: an Ingress can only name Secrets of its own namespace. */
function ownSecret(where: string, own: string, secret: TlsSecret): string {
  const { name, namespace = own } = secretName(where, secret);
  if (namespace === own) return name;
  throw new Error(
    `Unable to take the certificate of ${where} from Secret "${name}": it is in namespace "${namespace}", and an Ingress names ` +
      `Secrets of its own namespace "${own}" only (ING-16). Create the Secret there, too.`,
  );
}

function isList(tls: TlsSecret | readonly IngressTls[]): tls is readonly IngressTls[] {
  return Array.isArray(tls);
}
