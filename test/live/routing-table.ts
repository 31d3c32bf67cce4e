import { groupBy } from '../../lib/model/values/group-by';
import { deployment, service } from '../support/manifests';

/** One path of an Ingress, and the Service behind it. */
export interface TableRule {
  /** Absent: for all hosts. */
  readonly host?: string;
  readonly path: string;
  readonly pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific';
  readonly backend: string;
  /** Of the Ingress that has the path: by these the rules are shared out among Ingresses. */
  readonly annotations?: Readonly<Record<string, string>>;
}

export type RoutingTable = readonly TableRule[];

/** The Ingresses that say what the table says, with its Services and the pods of all of them. */
export function manifestsOf(table: RoutingTable, className: string): readonly object[] {
  const names = [...new Set(table.map(({ backend }) => backend))];
  const ingresses = [...groupBy(table, ({ annotations }) => annotations)];
  return [
    deployment('web', { ports: [{ containerPort: 8080 }] }),
    ...names.map((name) => service(name, { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] })),
    ...ingresses.map(([annotations, rules], i) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: `edge-${i}`, namespace: 'shop', annotations },
      spec: { ingressClassName: className, rules: rules.map(ruleOf) },
    })),
  ];
}

function ruleOf({ host, path, pathType, backend }: TableRule): object {
  return { host, http: { paths: [{ path, pathType, backend: { service: { name: backend, port: { number: 80 } } } }] } };
}

/** The rules by their hosts, those for all hosts under `undefined`. */
export function byHost(table: RoutingTable): ReadonlyMap<string | undefined, RoutingTable> {
  return groupBy(table, ({ host }) => host);
}
