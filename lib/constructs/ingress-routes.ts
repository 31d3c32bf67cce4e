import { problemOfUrlPath } from '../model/values/url-path';
import { type AppPort, isAppPort } from './app-port';
import type { IngressProps, IngressRoute, IngressRoutes, PathType } from './ingress-props';
import { quoted } from './names';
import { assertUrlHost } from './url-hosts';

/** One path of an Ingress with nothing left open. */
export interface IngressPathFacts {
  readonly path: string;
  readonly pathType: PathType;
  readonly port: AppPort;
}

/** The paths of one host. */
export interface IngressHostFacts {
  /** `undefined`: every host (ING-03). */
  readonly host?: string;
  readonly paths: readonly IngressPathFacts[];
}

const PATH_TYPES: readonly PathType[] = ['Exact', 'Prefix', 'ImplementationSpecific'];

/** The routes by host, checked as the API server would, but at the line that declares them. @param where e.g. `Ingress "shop/edge"` */
export function hostsOf(where: string, props: IngressProps): readonly IngressHostFacts[] {
  const { host, routes, hosts } = props;
  if (hosts && (host !== undefined || routes)) {
    throw new Error(
      `Unable to create ${where}: give \`hosts\`, or \`host\` and \`routes\`, not both: a host stands in one place.`,
    );
  }
  const byHost = hosts ? Object.entries(hosts) : routes ? [[host, routes] as const] : [];
  if (host !== undefined && !routes) throw new Error(`Unable to create ${where}: host "${host}" has no routes.`);
  if (byHost.length === 0 && !props.defaultBackend) {
    throw new Error(`Unable to create ${where}: it has neither routes nor a default backend (ING-10).`);
  }
  return byHost.map(([each, routesOfHost]) => hostFacts(where, each, routesOfHost));
}

function hostFacts(where: string, host: string | undefined, routes: IngressRoutes): IngressHostFacts {
  if (host !== undefined) assertUrlHost(where, host);
  const paths = Object.entries(routes).map(([path, route]) => pathFacts(where, path, route));
  if (paths.length === 0) {
    throw new Error(
      `Unable to create ${where}: it has no routes${host === undefined ? '' : ` for host "${host}"`}. ` +
        "Give one at least, e.g. routes: { '/': app.port('http') }.",
    );
  }
  assertDistinct(where, paths);
  return { host, paths };
}

function pathFacts(where: string, path: string, route: AppPort | IngressRoute): IngressPathFacts {
  const { to: port, pathType = 'Prefix' } = isAppPort(route) ? { to: route } : route;
  const cannotRoute = `Unable to route ${path} in ${where}`;
  if (!PATH_TYPES.includes(pathType)) {
    throw new Error(`${cannotRoute}: "${pathType}" is no type of paths. It is one of ${quoted(PATH_TYPES)}.`);
  }
  const isFree = pathType === 'ImplementationSpecific' && path.startsWith('/');
  const problem = isFree ? undefined : problemOfUrlPath(path);
  if (problem !== undefined) throw new Error(`${cannotRoute}: ${problem}, and the API server refuses it (ING-05).`);
  return { path, pathType, port };
}

/** ING-06: a prefix is the same with a slash at its end and without. */
function assertDistinct(where: string, paths: readonly IngressPathFacts[]): void {
  const prefixes = new Set<string>();
  for (const { path, pathType } of paths) {
    if (pathType !== 'Prefix') continue;
    const prefix = path.replace(/\/$/, '');
    if (prefixes.has(prefix)) {
      throw new Error(
        `Unable to route both ${prefix} and ${prefix}/ in ${where}: as prefixes they are the same path (ING-06). ` +
          "Leave one out, or give one { to: ..., pathType: 'Exact' }.",
      );
    }
    prefixes.add(prefix);
  }
}
