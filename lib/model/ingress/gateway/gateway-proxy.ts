import type { Cluster } from '../../cluster/cluster';
import { insteadOfPods } from '../../cluster/gateway-proxies';
import type { PlacedProxy } from '../../cluster/ingress-controller';
import type { GatewayResource } from '../../manifest/resources';
import type { Doubt } from '../../values/ternary';

/** NP-40: the pods that forward what a Gateway takes; a doubt where nobody knows them. */
export function gatewayProxyOf(
  gateway: GatewayResource,
  cluster: Cluster,
): { readonly proxy: PlacedProxy } | { readonly doubt: Doubt } {
  const proxy = cluster.gatewayProxies.get(gateway);
  if (proxy) return { proxy };
  const { className, namespace, name } = gateway;
  const declared = cluster.gatewayApi.classes.get(className);
  const instead = insteadOfPods(declared?.controllerName);
  const wouldDecide =
    instead !== undefined
      ? `how policies see ${instead}, which forwards for Gateway ${namespace}/${name}`
      : declared
        ? `where ${declared.controllerName} runs its proxies: \`gateways\` of the cluster profile`
        : `the manifest of GatewayClass ${className}, or \`gateways\` of the cluster profile`;
  return { doubt: { rule: 'NP-40', wouldDecide } };
}
