import type { Workload } from '../model/cluster/workload';
import type { Network } from '../model/network';
import { type Doubt, distinctDoubts } from '../model/values/ternary';
import { routeDoubt, routesElsewhere, routesTo } from './routes';
import { undeclaredBackends } from './undeclared-backends';

/** What leaves open whether requests come to a workload from outside by ways that no declared proxy offers (ING-13, ING-14, ING-19). */
export function openWaysIn({ pods }: Workload, network: Network): readonly Doubt[] {
  return distinctDoubts(
    pods.flatMap((pod) => [
      ...routesTo(pod, network).map(routeDoubt),
      ...routesElsewhere(pod, network),
      ...undeclaredBackends(pod, network),
    ]),
  );
}
