import { titleOf } from '../../cluster/cni/registry';
import { refusal } from '../plugins/refusal';
import type { FabricLintRule } from './rule';

/** PTL315: settings of a kube-proxy that does not run, for the network plugin serves Services itself (SVC-33). */
export const withoutKubeProxy: FabricLintRule = ({ profile: { cni, capabilities, kubeProxy } }) => {
  if (!capabilities.replacesKubeProxy) return [];
  const { masqueradeAll, nodePortAddresses } = kubeProxy;
  const said = [
    ...(masqueradeAll ? ['masqueradeAll'] : []),
    ...(nodePortAddresses === undefined ? [] : ['nodePortAddresses']),
  ];
  const problem = `With these options ${titleOf(cni)} serves Services itself, and no kube-proxy reads this (SVC-33).`;
  const expected = 'leave it out, or let kube-proxy serve Services';
  return said.map((option) => refusal(['kubeProxy', option], option, problem, expected));
};
