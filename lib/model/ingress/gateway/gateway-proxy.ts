import type { Cluster } from '../../cluster/cluster';
import { insteadOfPods, isProvisioned } from '../../cluster/gateway-proxies';
import type { PlacedProxy } from '../../cluster/ingress-controller';
import type { GatewayResource } from '../../manifest/resources';
import type { Doubt } from '../../values/ternary';

/** NP-40: the pods that forward what a Gateway takes; a doubt where nobody knows them. */
export function gatewayProxyOf(
  gateway: GatewayResource,
  cluster: Cluster,
): { readonly proxy: PlacedProxy } | { readonly doubt: Doubt } {
  const proxy = cluster.gatewayProxies.get(gateway);
  return proxy ? { proxy } : { doubt: { rule: 'NP-40', wouldDecide: missing(gateway, cluster) } };
}

/** What would tell whose pods forward. */
function missing(gateway: GatewayResource, cluster: Cluster): string {
  const { className, namespace, name } = gateway;
  const declared = cluster.gatewayApi.classes.get(className);
  const instead = insteadOfPods(declared?.controllerName);
  if (instead !== undefined) return `how policies see ${instead}, which forwards for Gateway ${namespace}/${name}`;
  if (!isProvisioned(gateway)) {
    const where = gateway.addresses.map(({ value }) => value).join(', ');
    return `the pods behind ${where}, which Gateway ${namespace}/${name} uses instead of some of its own: \`namespace\` and \`labels\` of the controller in \`gateways\` of the cluster profile`;
  }
  return declared
    ? `where ${declared.controllerName} runs its proxies: \`gateways\` of the cluster profile`
    : `the manifest of GatewayClass ${className}, or \`gateways\` of the cluster profile`;
}

/**
 * NP-39: what leaves open whether clients outside get to proxies that no manifest has: the controller makes a Service for them,
 * a load balancer unless it is told otherwise.
 */
export function entranceDoubts(gateway: GatewayResource, cluster: Cluster): readonly Doubt[] {
  const { namespace, name, annotations, infrastructure, className } = gateway;
  const title = `the Service that the controller makes for Gateway ${namespace}/${name}`;
  const parameters = [infrastructure.parameters, cluster.gatewayApi.classes.get(className)?.parameters];
  const told = [
    ...parameters.flatMap((each) => (each ? [`${each.kind} ${each.name}`] : [])),
    ...[...annotations, ...infrastructure.annotations].filter(isOfService).map(([key]) => `annotation ${key}`),
  ];
  return [...new Set(told)].map((what) => ({
    rule: 'NP-39',
    wouldDecide: `${title}, which ${what} may close to clients`,
  }));
}

const SERVICE_TYPE = 'networking.istio.io/service-type';
const OPEN_TYPES: readonly string[] = ['LoadBalancer', 'NodePort'];

/** Annotations of a Gateway are given to its Service, where clouds read there whom the load balancer serves. */
function isOfService([key, value]: readonly [string, string]): boolean {
  if (key === SERVICE_TYPE) return !OPEN_TYPES.includes(value);
  return /load-?balancer|^service\.(beta\.)?kubernetes\.io\//i.test(key);
}
