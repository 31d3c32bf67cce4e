import type { Cluster } from '../../cluster/cluster';
import { configMapOf } from '../../cluster/config-maps';
import type { PlacedController } from '../../cluster/ingress-controller';
import { argumentsOf, flagOf, objectNamed } from '../../cluster/proxy-arguments';
import type { Doubt } from '../../values/ternary';
import type { ControllerRules, Settings } from './controller';

/** The ConfigMap that the argument `--configmap` names, and what it leaves open (ING-13). */
export function settingsOf(
  { controller, pods }: PlacedController,
  { knowsSetting }: ControllerRules,
  cluster: Cluster,
): { readonly settings: Settings; readonly doubts: readonly Doubt[] } {
  const workloads = [...new Set(pods.map(({ workload }) => workload))];
  const named = new Map(
    workloads.map((workload) => {
      const text = flagOf(argumentsOf(workload), 'configmap');
      const object = text === undefined ? undefined : objectNamed(text, workload);
      return [object && `${object.namespace}/${object.name}`, object];
    }),
  );
  // Releases of one chart may each have a ConfigMap of its own, or none.
  if (knowsSetting && named.size > 1) return undecided(`one ConfigMap for all pods of ${controller.name}`);
  const [[title, object] = []] = named;
  if (!knowsSetting || !object) return { settings: new Map(), doubts: [] };
  const { namespace, name } = object;
  const found = configMapOf(cluster, namespace, name);
  if (!found) {
    if (cluster.isWhole) return { settings: new Map(), doubts: [] };
    return undecided(`the manifest of ConfigMap ${title}, which ${controller.name} is configured by`);
  }
  const unread = [...found.data].filter(([key, value]) => !knowsSetting(key, value)).map(([key]) => key);
  const doubts = unread.sort().map((key) => ({
    rule: 'ING-13',
    wouldDecide: `a ConfigMap ${title} without ${key}, which Portolan does not read`,
  }));
  return { settings: found.data, doubts };
}

function undecided(wouldDecide: string) {
  return { settings: new Map<string, string>(), doubts: [{ rule: 'ING-13', wouldDecide }] };
}
