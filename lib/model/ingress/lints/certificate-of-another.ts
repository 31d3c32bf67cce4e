import type { Cluster } from '../../cluster/cluster';
import type { IngressLintDetail } from '../../finding/ingress-lint';
import type { Lint } from '../../finding/lint';
import type { FieldPath } from '../../finding/origin';
import { blame, nameOf } from '../../manifest/blame';
import type { GatewayListener, GatewayResource, ListenerSetResource, ResourceBase } from '../../manifest/resources';
import { coverageOf, type SecretName } from '../tls/certificate';
import type { IngressLintRule } from './rule';

type Detail = IngressLintDetail & { readonly code: 'PTL415' };

/** A host for which connections are answered with one of some certificates. */
interface Secured {
  readonly of: ResourceBase;
  readonly host: string;
  readonly field: FieldPath;
  readonly secrets: readonly SecretName[];
}

/** PTL415: a client refuses the certificate of a host that it does not name (ING-16). What nobody has read may be one. */
export const certificateOfAnother: IngressLintRule = (cluster) =>
  securedHosts(cluster).flatMap((secured) => lintOf(secured, cluster));

function lintOf({ of, host, field, secrets }: Secured, cluster: Cluster): readonly Lint[] {
  const coverages = secrets.map((secret) => coverageOf(secret, host, cluster));
  if (coverages.length === 0 || coverages.some(({ covers }) => covers !== false)) return [];
  const [{ namespace, name }] = secrets;
  const secret = cluster.secret(namespace, name);
  const detail: Detail = {
    code: 'PTL415',
    host,
    secret: `${namespace}/${name}`,
    names: coverages[0].names,
    because: coverages[0].because ?? '',
    certificates: secret ? [{ ...nameOf(secret), origin: secret.origin }] : [],
  };
  return [{ severity: 'warning', ...blame(of, field), ...detail }];
}

function securedHosts({ ingresses, gatewayApi: { gateways, listenerSets } }: Cluster): readonly Secured[] {
  return [
    ...ingresses.flatMap((of) =>
      of.tls.flatMap(({ hosts, secretName: name }, i) =>
        hosts.map((host, j) => ({
          of,
          host,
          field: ['spec', 'tls', i, 'hosts', j],
          secrets: name === undefined ? [] : [{ namespace: of.namespace, name }],
        })),
      ),
    ),
    ...[...gateways, ...listenerSets].flatMap((of) => of.listeners.flatMap((listener) => ofListener(of, listener))),
  ];
}

/** GW-02: a listener without a hostname is for every host, of which nobody knows which ones are meant. */
function ofListener(
  of: GatewayResource | ListenerSetResource,
  { hostname, tls, field }: GatewayListener,
): readonly Secured[] {
  if (hostname === undefined || tls?.mode !== 'Terminate') return [];
  const secrets = tls.certificates.map(({ name, namespace = of.namespace }) => ({ namespace, name }));
  return [{ of, host: hostname, field: [...field, 'hostname'], secrets }];
}
