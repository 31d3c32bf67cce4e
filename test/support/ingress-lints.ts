import type { ClusterProfileSpec } from '../../lib/model/cluster/profile';
import type { LintCode, LintOf } from '../../lib/model/finding/lint';
import { formatField } from '../../lib/model/manifest/reader/place';
import { Network } from '../../lib/model/network';

export interface PathSpec {
  readonly path?: string;
  /** @default 'Prefix' */
  readonly type?: string;
  /** `service:port`. @default 'web:80' */
  readonly to?: string;
}

/** A path of a rule: `/api`, or with its type and backend. */
export function pathOf({ path, type = 'Prefix', to = 'web:80' }: PathSpec): object {
  const [name, port] = to.split(':');
  const number = Number(port);
  return { path, pathType: type, backend: { service: { name, port: number > 0 ? { number } : { name: port } } } };
}

export interface IngressOptions {
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly className?: string;
  readonly tls?: readonly object[];
  readonly defaultBackend?: string;
}

/** An Ingress by its hosts, `''` for a rule without one, and their paths. */
export function ingressOf(
  name: string,
  hosts: Readonly<Record<string, readonly PathSpec[]>>,
  { namespace = 'shop', annotations, className: ingressClassName, tls, defaultBackend }: IngressOptions = {},
): object {
  const rules = Object.entries(hosts).map(([host, paths]) => ({
    ...(host === '' ? {} : { host }),
    http: { paths: paths.map(pathOf) },
  }));
  const backend = defaultBackend && (pathOf({ to: defaultBackend }) as { backend: object }).backend;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, annotations },
    spec: { ingressClassName, rules, tls, defaultBackend: backend },
  };
}

/** The lints of one code. */
export function lintsOf<C extends LintCode>(
  code: C,
  manifests: readonly object[],
  profile?: ClusterProfileSpec,
): readonly LintOf<C>[] {
  return Network.from(manifests, profile)
    .lints()
    .filter((lint): lint is LintOf<C> => lint.code === code);
}

/** Each as `error edge spec.rules[0].host`. */
export function brief(lints: readonly LintOf<LintCode>[]): readonly string[] {
  return lints.map(({ severity, object, field }) => `${severity} ${object.name} ${formatField(field)}`);
}
