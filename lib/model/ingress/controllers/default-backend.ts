import { flagOf, objectNamed } from '../../cluster/proxy-arguments';
import { certainly } from '../backend-outcome';
import type { Outcome } from '../routing';
import type { Received, RoutingTable } from './controller';

/** ING-10: who answers what no rule takes: the controller itself, unless it is started with a Service for it. */
export function unmatched({ host, path }: Received, { words, cluster, controller }: RoutingTable): Outcome {
  const refused = certainly({ type: 'answers', status: 404, because: `no rule takes ${host}${path}` });
  const named = flagOf(words, 'default-backend-service');
  if (named === undefined) return refused;
  const object = objectNamed(named, { namespace: controller?.namespace ?? '' });
  const service = object && cluster.servicesIn(object.namespace).find(({ name }) => name === object.name);
  const [port] = service?.ports ?? [];
  if (service && port) return certainly({ type: 'forwards', to: [{ share: 1, service, port }] });
  const wouldDecide = `the manifest of Service ${named}, which the controller is started with as its --default-backend-service`;
  return { ...refused, doubts: [{ rule: 'ING-10', wouldDecide }] };
}
