import type { Cluster } from '../../cluster/cluster';
import { blame } from '../../manifest/blame';
import type { IngressResource } from '../../manifest/resources';
import { nearestHost } from '../nearest-host';
import type { IngressLintRule } from './rule';

/** Hosts of which some are patterns, to be asked which they have in common with another. */
class Hosts {
  private readonly names: ReadonlySet<string>;
  private readonly suffixes: ReadonlySet<string>;

  constructor(names: readonly string[]) {
    this.names = new Set(names);
    this.suffixes = new Set(names.map(suffixOf));
  }

  /** ING-02: whether some host is covered by both. */
  meets(host: string): boolean {
    const suffix = suffixOf(host);
    return this.names.has(host) || this.names.has(`*${suffix}`) || (host.startsWith('*') && this.suffixes.has(suffix));
  }
}

function suffixOf(host: string): string {
  return host.slice(host.indexOf('.'));
}

/** PTL413: naming a host for a certificate sends its requests nowhere; only rules do (ING-16). */
export const tlsWithoutRule: IngressLintRule = (cluster) => {
  if (!hasTls(cluster) || cluster.ingresses.some(takesEveryHost)) return [];
  const ruled = new Hosts(cluster.ingresses.flatMap(ruleHosts));
  return cluster.ingresses.flatMap((ingress) =>
    ingress.tls.flatMap(({ hosts }, i) =>
      hosts.flatMap((host, j) => {
        if (ruled.meets(host) || isAlias(ingress, host)) return [];
        const detail = { code: 'PTL413' as const, host, didYouMean: meant(ingress, host) };
        return [{ severity: 'warning' as const, ...blame(ingress, ['spec', 'tls', i, 'hosts', j]), ...detail }];
      }),
    ),
  );
};

/** PTL414: one host of an Ingress is left out of the certificates that its others have (ING-16). */
export const ruleWithoutTls: IngressLintRule = (cluster) => {
  if (!hasTls(cluster)) return [];
  const secured = new Hosts(cluster.ingresses.flatMap(tlsHosts));
  return cluster.ingresses.filter(namesCertificates).flatMap((ingress) => {
    const covered = ruleHosts(ingress).filter((host) => secured.meets(host));
    const misspelt = new Set(tlsHosts(ingress).map((host) => meant(ingress, host)));
    return ingress.rules.flatMap(({ host }, i) => {
      if (host === undefined || covered.length === 0 || covered.includes(host) || misspelt.has(host)) return [];
      const detail = { code: 'PTL414' as const, host, covered: [...new Set(covered)] };
      return [{ severity: 'warning' as const, ...blame(ingress, ['spec', 'rules', i, 'host']), ...detail }];
    });
  });
};

function hasTls({ ingresses }: Cluster): boolean {
  return ingresses.some(({ tls }) => tls.length > 0);
}

function ruleHosts({ rules }: IngressResource): readonly string[] {
  return rules.flatMap(({ host }) => host ?? []);
}

function tlsHosts({ tls }: IngressResource): readonly string[] {
  return tls.flatMap(({ hosts }) => hosts);
}

/** ING-03, ING-10. */
function takesEveryHost({ rules, defaultBackend }: IngressResource): boolean {
  return defaultBackend !== undefined || rules.some(({ host }) => host === undefined);
}

/** The host of a rule for which the certificate most likely was: one that none is for. */
function meant(ingress: IngressResource, host: string): string | undefined {
  const own = ruleHosts(ingress);
  if (new Hosts(own).meets(host)) return undefined;
  const secured = new Hosts(tlsHosts(ingress));
  return nearestHost(
    host,
    own.filter((each) => !secured.meets(each)),
  );
}

/** Other names of a host are told by annotations of the controller. */
function isAlias({ annotations }: IngressResource, host: string): boolean {
  return [...annotations].some(([key, value]) => key.endsWith('/from-to-www-redirect') || value.includes(host));
}

/** How controllers are told of certificates beside `tls`. */
const CERTIFICATES = /\/(.*certificate-arn|pre-shared-cert|managed-certificates|router\.tls|ssl-certificate)/;

/** Whether all certificates of an Ingress are for hosts that it names; one without hosts may be for every host. */
function namesCertificates({ tls, annotations }: IngressResource): boolean {
  return tls.every(({ hosts }) => hosts.length > 0) && ![...annotations.keys()].some((key) => CERTIFICATES.test(key));
}
