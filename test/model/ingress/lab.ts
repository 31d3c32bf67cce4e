import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import type { Edge } from '../../../lib/model/ingress/edge';
import { ingressEdges } from '../../../lib/model/ingress/ingress-edges';
import { type RequestOptions, requestTo } from '../../../lib/model/ingress/request';
import type { Answer, Routed, Share } from '../../../lib/model/ingress/routing';
import { asManifest, clusterOf } from '../../../lib/model/network';
import { deployment, service } from '../../support/manifests';

export interface PathSpec {
  readonly path?: string;
  /** @default 'Prefix' */
  readonly type?: 'Exact' | 'Prefix' | 'ImplementationSpecific';
  /** Of the Service; its port is 80 or `http`. */
  readonly to: string | { readonly name: string; readonly port: string | number };
}

export interface IngressSpec {
  readonly name?: string;
  readonly namespace?: string;
  readonly className?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly createdAt?: string;
  /** By host; `''` for none. `undefined` in place of paths: a rule without `http`. */
  readonly rules?: Readonly<Record<string, readonly PathSpec[] | undefined>>;
  readonly defaultBackend?: PathSpec['to'] | object;
  readonly tls?: readonly object[];
}

export function ingress(spec: IngressSpec): object {
  const { name = 'edge', namespace = 'shop', className, annotations, createdAt, rules = {}, tls } = spec;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, annotations, creationTimestamp: createdAt },
    spec: {
      ingressClassName: className,
      tls,
      defaultBackend: spec.defaultBackend === undefined ? undefined : backend(spec.defaultBackend),
      rules: Object.entries(rules).map(([host, paths]) => ({
        host: host === '' ? undefined : host,
        http: paths && {
          paths: paths.map(({ path, type = 'Prefix', to }) => ({ path, pathType: type, backend: backend(to) })),
        },
      })),
    },
  };
}

function backend(to: PathSpec['to'] | object): object {
  if (typeof to === 'string') return { service: { name: to, port: { number: 80 } } };
  if (!('port' in to)) return to;
  const { name, port } = to as { name: string; port: string | number };
  return { service: { name, port: typeof port === 'string' ? { name: port } : { number: port } } };
}

/** A Service of ports 80, called `http`, with pods that answer. */
export function app(name: string, namespace = 'shop'): readonly object[] {
  return [
    deployment(name, { namespace, ports: [{ containerPort: 8080 }] }),
    service(name, { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] }, namespace),
  ];
}

export function ingressClass(name: string, controller: string, metadata: object = {}): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name, ...metadata },
    spec: { controller },
  };
}

/** The Ingresses, with an app for each Service that they name. */
export function withApps(...ingresses: readonly IngressSpec[]): readonly object[] {
  const named = new Map<string, readonly object[]>();
  for (const { namespace = 'shop', rules = {}, defaultBackend } of ingresses) {
    const backends = Object.values(rules).flatMap((paths = []) => paths.map(({ to }) => to));
    for (const to of [...backends, defaultBackend]) {
      if (typeof to === 'string') named.set(`${namespace}/${to}`, app(to, namespace));
    }
  }
  return [...ingresses.map(ingress), ...[...named.values()].flat()];
}

export function edgesFor(manifests: readonly object[], profile: ClusterProfileSpec = {}): readonly Edge[] {
  return ingressEdges(clusterOf(manifests.map(asManifest), profile));
}

/** What the only edge does with a request: `shop/web:80`, `404`, `308 https://...`; several in any order with ` | ` between. */
export function answerer(manifests: readonly object[], profile: ClusterProfileSpec = {}) {
  const edges = edgesFor(manifests, profile);
  return (url: string, options?: RequestOptions) => brief(routedBy(edges[0], url, options));
}

export function routedBy(edge: Edge | undefined, url: string, options?: RequestOptions): Routed {
  const parsed = requestTo(url, options);
  if (!parsed.ok) throw new Error(`${url}: ${parsed.problem}`);
  if (!edge) throw new Error('no controller serves anything');
  return edge.route(parsed.request);
}

export function brief({ answers, doubts }: Routed): string {
  const texts = answers.map(answerText).sort().join(' | ');
  const rules = [...new Set(doubts.map(({ rule }) => rule))].sort();
  return rules.length === 0 ? texts : `${texts} ? ${rules.join(' ')}`;
}

function answerText(answer: Answer): string {
  switch (answer.type) {
    case 'forwards': {
      const { host, path } = answer.rewrite ?? {};
      const rewritten = answer.rewrite ? ` as ${host ?? ''}${path ?? ''}` : '';
      return answer.to.map(shareText).join(' + ') + rewritten;
    }
    case 'redirects':
      return `${answer.status} ${answer.location}`;
    case 'answers':
      return String(answer.status);
    case 'refuses':
      return 'refused';
  }
}

function shareText(share: Share): string {
  const part = share.share === 1 ? '' : `${Math.round(share.share * 100)} % `;
  if ('status' in share) return `${part}${share.status}`;
  if ('service' in share) return `${part}${share.service.namespace}/${share.service.name}:${share.port.port}`;
  return `${part}${share.elsewhere.namespace}/${share.elsewhere.name}:${share.elsewhere.port} elsewhere`;
}
