import { CidrSet } from '../../values/cidr-set';
import { refusal } from '../plugins/refusal';
import type { FabricLintRule } from './rule';

/** PTL315: an ip-masq-agent that hides pods from each other (NET-04, NET-05). */
export const masqueradedPods: FabricLintRule = ({ profile: { ipMasqAgent, podCidr } }, { podRanges = [] }) => {
  if (ipMasqAgent === undefined || ipMasqAgent === 'none') return [];
  const pods = podRanges.length > 0 && podCidr.isEmpty ? CidrSet.of(...podRanges.map(({ cidr }) => cidr)) : podCidr;
  if (pods.isEmpty && !ipMasqAgent.covers(CidrSet.all(4))) {
    const problem = `Nobody tells where pods are: where that is not within ${ipMasqAgent.ofFamily(4)}, pods of other nodes, and their policies, see the address of a node in place of a pod's (NET-05).`;
    return [refusal(['ipMasqAgent'], 'ipMasqAgent', problem, '`podCidr` in the cluster profile')];
  }
  const hidden = pods.minus(ipMasqAgent);
  if (hidden.isEmpty) return [];
  const problem = `Pods of other nodes, and their policies, see the address of a node in place of a pod's on the way to ${hidden}: the agent does not leave it alone (NET-05).`;
  return [refusal(['ipMasqAgent'], 'ipMasqAgent', problem, `\`nonMasqueradeCidrs\` that hold ${pods}`)];
};
