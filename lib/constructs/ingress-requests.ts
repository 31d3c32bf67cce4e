import type { IngressOptions } from './ingress-options';
import type { IngressHostFacts } from './ingress-routes';
import { type IngressCertificate, isSecured } from './ingress-tls';
import { hostWithin, type PromisedRequest } from './url-promises';

/** What a path has only as a regular expression. */
const REGEX = /[()[\]{}|^$*+?\\]/;

/** One request for each route of a host: the path itself. */
export function requestsTo(
  { host, paths }: IngressHostFacts,
  certificates: readonly IngressCertificate[] | undefined,
  options: IngressOptions | undefined,
): readonly PromisedRequest[] {
  // Which hosts reach a route for every host, other Ingresses and Gateways decide.
  if (host === undefined) return [];
  // NP-39: which clients are let in, whoever asks decides.
  if (options?.limitsSources) return [];
  const scheme = options?.scheme ?? schemeOf(certificates, host);
  if (!scheme) return [];
  return paths
    .filter(({ path }) => !(options?.hasRegex && REGEX.test(path)))
    .map(({ path, port }) => ({ request: { url: `${scheme}://${hostWithin(host)}${path}` }, port }));
}

/** For a host without a certificate beside others that have one, controllers redirect to HTTPS or don't, each as it likes. */
function schemeOf(certificates: readonly IngressCertificate[] | undefined, host: string): 'http' | 'https' | undefined {
  if (!certificates) return 'http';
  return isSecured(certificates, host) ? 'https' : undefined;
}
