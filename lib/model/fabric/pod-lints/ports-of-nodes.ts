import type { Cluster } from '../../cluster/cluster';
import { type ComponentName, componentPort } from '../../cluster/component-ports';
import type { Protocol } from '../../values/traffic-set';
import { fabricOf } from '../registry';

/** Ports on which a node listens itself, or which lead elsewhere. */
export interface NodeUse {
  /** Who has them, within a sentence. */
  readonly user: string;
  readonly protocols: readonly Protocol[];
  readonly first: number;
  readonly last: number;
  readonly rule: 'NET-01' | 'NET-11' | 'SVC-20';
  /** `loopback`: it listens there alone, so that only who is in the node's network meets it. */
  readonly on: 'every-node' | 'control-plane' | 'loopback';
  /** Its own pods may be among those that are declared: they are in a namespace of this name, or with it in their name. */
  readonly madeBy: string;
}

const CONTROL_PLANE = [
  'controlPlane.apiServer',
  'controlPlane.etcd',
  'controlPlane.scheduler',
  'controlPlane.controllerManager',
] as const;
const SYSTEM = 'kube-system';

/** NET-01, NET-11, SVC-20: what nodes of a profile use, as installers leave it unless they are told otherwise. */
export function usesOfNodes({ profile }: Cluster): readonly NodeUse[] {
  const tcp = { protocols: ['TCP'], rule: 'NET-01', madeBy: SYSTEM } as const;
  const at = (name: ComponentName) => {
    const { first, last } = componentPort(name, profile);
    return { first, last };
  };
  const proxy = profile.capabilities.replacesKubeProxy
    ? []
    : [
        { ...tcp, ...at('workers.kubeProxyHealth'), user: 'the health check of kube-proxy', on: 'every-node' } as const,
        { ...tcp, first: 10_249, last: 10_249, user: 'the metrics of kube-proxy', on: 'loopback' } as const,
      ];
  return [
    { ...tcp, ...at('workers.kubelet'), user: 'the kubelet', on: 'every-node' },
    { ...tcp, first: 10_248, last: 10_248, user: 'the health check of the kubelet', on: 'loopback' },
    ...proxy,
    ...CONTROL_PLANE.map((name): NodeUse => {
      return { ...tcp, ...at(name), user: componentPort(name, profile).label, on: 'control-plane' };
    }),
    ...pluginUses(profile),
    {
      user: 'Services, as the range of node ports',
      protocols: ['TCP', 'UDP', 'SCTP'],
      ...at('workers.nodePorts'),
      rule: 'SVC-20',
      on: 'every-node',
      madeBy: SYSTEM,
    },
  ];
}

function pluginUses(profile: Cluster['profile']): readonly NodeUse[] {
  return fabricOf(profile).nodeTraffic.flatMap(({ purpose: user, over }): readonly NodeUse[] => {
    if (!('port' in over)) return [];
    const { port, protocol } = over;
    const own = { first: port, last: port, protocols: [protocol] };
    return [{ ...own, user, rule: 'NET-11', on: 'every-node', madeBy: profile.cni.name }];
  });
}
