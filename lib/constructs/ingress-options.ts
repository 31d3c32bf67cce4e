import { checkedCidrs } from './endpoints';

/** What a controller is to do beyond the API, as the annotations that tell it. */
export interface IngressOptions {
  /** The controller that reads them. */
  readonly kind: 'nginx' | 'haproxy' | 'traefik';
  readonly annotations: Readonly<Record<string, string>>;
  /** The only scheme by which requests get to the backends; `undefined`: either, `https` where there is a certificate. */
  readonly scheme?: 'http' | 'https';
  /** Whether paths are regular expressions, which are no paths of URLs themselves (ING-18). */
  readonly hasRegex: boolean;
  /** Whether some clients are refused, so that no request gets through whoever asks (NP-39). */
  readonly limitsSources: boolean;
}

/** Who may come, by the addresses that the controller sees. */
interface SourceOptions {
  /** CIDRs: others are answered with 403. @default - everybody */
  readonly allowedSources?: readonly string[];
  /** CIDRs that are answered with 403. @default - nobody */
  readonly deniedSources?: readonly string[];
}

export interface NginxIngressOptions extends SourceOptions {
  /**
   * The path that the backend gets, with `$1` and so on for groups of the path. Makes all paths of the host, those of other
   * Ingresses too, regular expressions without regard to case (ING-18, ING-19).
   *
   * @default - the path of the request
   */
  readonly rewriteTarget?: string;
  /** Whether paths are regular expressions: all of the host, those of other Ingresses too (ING-18). @default false */
  readonly useRegex?: boolean;
  /** Whether plain HTTP is redirected to HTTPS where there is a certificate. @default true */
  readonly sslRedirect?: boolean;
  /** Whether it is where there is none, too, e.g. behind a load balancer that terminates TLS. @default false */
  readonly forceSslRedirect?: boolean;
  /** What the backend speaks. @default 'HTTP' */
  readonly backendProtocol?: 'HTTP' | 'HTTPS' | 'GRPC' | 'GRPCS';
  /** The longest body of a request, e.g. `8m`; longer ones are answered with 413. @default '1m' */
  readonly proxyBodySize?: string;
}

export interface HaproxyIngressOptions extends SourceOptions {
  /** The path that the backend gets, or a regular expression and what to put in place of it: `/api/(.*) /\1`. @default - the path of the request */
  readonly pathRewrite?: string;
  /** Whether plain HTTP is redirected to HTTPS. @default - where there is a certificate */
  readonly sslRedirect?: boolean;
  /** Whether the backend speaks TLS. @default false */
  readonly serverSsl?: boolean;
}

export interface TraefikIngressOptions {
  /** The entry points at which requests are taken, e.g. `websecure`. @default - those that are the controller's default */
  readonly entryPoints?: readonly string[];
  /** Whether only requests by TLS are taken. @default false */
  readonly tls?: boolean;
  /** Middlewares on the way, in this order, e.g. `shop-strip@kubernetescrd`. @default - none */
  readonly middlewares?: readonly string[];
  /** Goes before the length of rules (ING-21). @default - the length of the rule */
  readonly priority?: number;
}

type Annotation = string | number | boolean | readonly string[] | undefined;

/** Options of the controllers that Portolan knows: those that decide where requests go, and who may send them. */
export const IngressOptions = {
  /** ingress-nginx of the Kubernetes project. */
  nginx: (options: NginxIngressOptions): IngressOptions => ({
    kind: 'nginx',
    annotations: annotations('nginx.ingress.kubernetes.io', {
      'rewrite-target': options.rewriteTarget,
      'use-regex': options.useRegex,
      'ssl-redirect': options.sslRedirect,
      'force-ssl-redirect': options.forceSslRedirect,
      'backend-protocol': options.backendProtocol,
      'proxy-body-size': options.proxyBodySize,
      'whitelist-source-range': options.allowedSources && checkedCidrs(options.allowedSources),
      'denylist-source-range': options.deniedSources && checkedCidrs(options.deniedSources),
    }),
    scheme: options.forceSslRedirect ? 'https' : undefined,
    hasRegex: options.useRegex === true || options.rewriteTarget !== undefined,
    limitsSources: limitsSources(options),
  }),

  /** haproxytech/kubernetes-ingress. */
  haproxy: (options: HaproxyIngressOptions): IngressOptions => ({
    kind: 'haproxy',
    annotations: annotations('haproxy.org', {
      'path-rewrite': options.pathRewrite,
      'ssl-redirect': options.sslRedirect,
      'server-ssl': options.serverSsl,
      'allow-list': options.allowedSources && checkedCidrs(options.allowedSources),
      'deny-list': options.deniedSources && checkedCidrs(options.deniedSources),
    }),
    scheme: options.sslRedirect ? 'https' : undefined,
    hasRegex: false,
    limitsSources: limitsSources(options),
  }),

  traefik: (options: TraefikIngressOptions): IngressOptions => ({
    kind: 'traefik',
    annotations: annotations('traefik.ingress.kubernetes.io', {
      'router.entrypoints': options.entryPoints,
      'router.tls': options.tls,
      'router.middlewares': options.middlewares,
      'router.priority': options.priority,
    }),
    scheme: options.tls ? 'https' : schemeOf(options.entryPoints),
    hasRegex: false,
    limitsSources: false,
  }),
} as const;

function limitsSources({ allowedSources, deniedSources }: SourceOptions): boolean {
  return allowedSources !== undefined || deniedSources !== undefined;
}

/** INVARIANT: Traefik's Helm chart names its entry point for plain HTTP `web`. */
function schemeOf(entryPoints: readonly string[] | undefined): IngressOptions['scheme'] {
  if (!entryPoints) return undefined;
  if (!entryPoints.includes('web')) return 'https';
  return entryPoints.length === 1 ? 'http' : undefined;
}

function annotations(prefix: string, values: Readonly<Record<string, Annotation>>): Readonly<Record<string, string>> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [`${prefix}/${name}`, String(value)]));
}
