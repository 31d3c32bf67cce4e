import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import type { LintCode, LintOf } from '../../../../lib/model/finding/lint';
import { formatField } from '../../../../lib/model/manifest/reader/place';
import { Network } from '../../../../lib/model/network';
import { deployment, ns, policy } from '../../../support/manifests';

/** The lints of one code that some manifests have. */
export function lintsOf<C extends LintCode>(code: C, manifests: readonly object[], profile?: ClusterProfileSpec) {
  const lints = Network.from(manifests, profile).lints();
  return lints.filter((lint): lint is LintOf<C> => lint.code === code);
}

/** Where lints of one code fire, e.g. `shop/p spec.podSelector`. */
export function placesOf(
  code: LintCode,
  manifests: readonly object[],
  profile?: ClusterProfileSpec,
): readonly string[] {
  return lintsOf(code, manifests, profile).map(
    ({ object, field }) =>
      `${object.namespace === '' ? '' : `${object.namespace}/`}${object.name} ${formatField(field)}`,
  );
}

/** A shop of three in a declared namespace: `web` and `api` listen on `http`, `db` on `sql`. */
export const shop: readonly object[] = [
  ns('shop', { team: 'shop' }),
  deployment('web', { ports: [{ name: 'http', containerPort: 8080 }] }),
  deployment('api', { ports: [{ name: 'http', containerPort: 8080 }] }),
  deployment('db', { labels: { app: 'database' }, ports: [{ name: 'sql', containerPort: 5432 }] }),
];

export const labelled = (app: string) => ({ matchLabels: { app } });
export const named = (namespace: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': namespace } });

/** A policy for `db` with these ingress rules. */
export const letIn = (...ingress: readonly object[]) => policy('p', { podSelector: labelled('database'), ingress });

/** A policy for `web` with these egress rules. */
export const letOut = (...egress: readonly object[]) => policy('p', { podSelector: labelled('web'), egress });
