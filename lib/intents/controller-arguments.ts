import { argumentsOf, flagOf, objectNamed } from '../model/cluster/proxy-arguments';
import type { Workload } from '../model/cluster/workload';
import type { ServiceResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import { rememberedOf } from '../model/values/remembered';
import type { Doubt } from '../model/values/ternary';
import { objectName } from './diagnose';

/** Where proxies are told of ways besides those of Ingresses. */
interface Told {
  readonly workload: Workload;
  readonly defaultBackend?: { readonly namespace: string; readonly name: string };
  /** The argument that names a list of ways that Portolan does not read. */
  readonly list?: string;
}

/** What the arguments of controllers leave open: whether requests come from outside to the Services by no Ingress at all. */
export function argumentDoubts(services: readonly ServiceResource[], network: Network): readonly Doubt[] {
  return toldOf(network).flatMap(({ workload, defaultBackend, list }) => {
    const isDefault = services.some(
      ({ namespace, name }) => namespace === defaultBackend?.namespace && name === defaultBackend.name,
    );
    const who = objectName(workload);
    const doubts: Doubt[] = [];
    if (isDefault) {
      const wouldDecide = `${who} without --default-backend-service, which sends there what no rule takes`;
      doubts.push({ rule: 'ING-10', wouldDecide });
    }
    if (list !== undefined && services.length > 0) {
      const wouldDecide = `${who} without ${list}, which names Services that are open to whoever gets to the controller`;
      doubts.push({ rule: 'NP-40', wouldDecide });
    }
    return doubts;
  });
}

const toldOf = rememberedOf((network: Network) =>
  network.cluster.workloads.flatMap((workload) => told(workload, network)),
);

/** Flags of ingress-nginx, haproxytech/kubernetes-ingress and haproxy-ingress, each with its ConfigMap. */
const LISTS = ['tcp-services-configmap', 'udp-services-configmap', 'configmap-tcp-services'];

function told(workload: Workload, network: Network): readonly Told[] {
  const words = argumentsOf(workload);
  const backend = flagOf(words, 'default-backend-service');
  const list = LISTS.find((name) => flagOf(words, name) !== undefined);
  const isOpen = list !== undefined && workload.pods.some((pod) => hasOtherDoors(pod, network));
  if (backend === undefined && !isOpen) return [];
  const defaultBackend = backend === undefined ? undefined : objectNamed(backend, workload);
  return [{ workload, defaultBackend, list: isOpen ? `--${list}` : undefined }];
}

/** Such ways have ports of their own: none is open where every door leads to http or https. */
function hasOtherDoors(pod: Workload['pods'][number], network: Network): boolean {
  if (pod.hostNetwork) return true;
  const doors = network.frontDoorsOf(pod);
  const isWeb = (port: number | undefined) => port === 80 || port === 443;
  const web = new Set([
    ...doors.filter(({ servicePort, nodePort }) => isWeb(servicePort?.port ?? nodePort)).map(({ port }) => port),
    ...pod.ports.filter(({ name }) => name === 'http' || name === 'https').map(({ port }) => port),
  ]);
  return doors.length === 0 || doors.some(({ port }) => !web.has(port));
}
