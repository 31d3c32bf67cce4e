import type { EndpointRef } from '../../lib/intents/endpoint';
import type { ClusterProfileSpec } from '../../lib/model/cluster/profile';
import { deployment, ns, service } from '../support/manifests';
import { app, checking, internet, promise } from './support';

const PROFILE = { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12', nodeCidr: '192.168.0.0/24' };
const ALL = { tolerations: [{ operator: 'Exists' }] };
const daemons = (spec: object) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'edge', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'edge' } },
    template: {
      metadata: { labels: { app: 'edge' } },
      spec: { containers: [{ name: 'edge', image: 'x', ports: [{ name: 'http', containerPort: 8080 }] }], ...spec },
    },
  },
});
const askingFor = (device: string) => ({
  containers: [
    {
      name: 'edge',
      image: 'x',
      ports: [{ name: 'http', containerPort: 8080 }],
      resources: { limits: { [device]: 1 } },
    },
  ],
});
const edge = service('edge', {
  type: 'NodePort',
  externalTrafficPolicy: 'Local',
  selector: { app: 'edge' },
  ports: [{ name: 'web', port: 80, targetPort: 'http', nodePort: 30080 }],
});
const target: EndpointRef = {
  kind: 'nodePort',
  of: { kind: 'object', object: 'Service', namespace: 'shop', name: 'edge' },
  port: 'web',
};
const nodesWith = (taints: readonly string[], controlPlane: readonly string[]): ClusterProfileSpec => ({
  ...PROFILE,
  nodes: [
    { name: 'cp', role: 'control-plane', taints: [...controlPlane] },
    { name: 'w', count: 3, taints: [...taints] },
  ],
});
/** Why it is undecided, if it is: by which rules. */
const found = (spec: object, profile: ClusterProfileSpec, subject: EndpointRef, negated = false) =>
  checking(
    [ns('shop'), deployment('web'), daemons(spec), edge],
    [promise({ verb: 'toReach', negated, subject, targets: [target] })],
    profile,
  ).findings.map(({ cause }) => ('doubts' in cause ? cause.doubts?.map(({ rule }) => rule).join() : cause.code));

describe('SVC-14: node ports of a DaemonSet with a Local policy, from outside, whichever node is met', () => {
  test.each<[string, object, ClusterProfileSpec]>([
    ['it tolerates all taints', ALL, PROFILE],
    ['it does on the network of its node', { ...ALL, hostNetwork: true }, PROFILE],
    ['the profile tells that no node has any', {}, nodesWith([], [])],
    [
      'it tolerates those that there are',
      { tolerations: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' }] },
      nodesWith([], ['node-role.kubernetes.io/control-plane:NoSchedule']),
    ],
  ])('answer as promised: %s', (_, spec, profile) => {
    expect(found(spec, profile, internet)).toEqual([]);
  });

  test.each<[string, object, ClusterProfileSpec]>([
    ['of which nobody tells the taints', {}, PROFILE],
    ['of which some have a taint that it does not tolerate', {}, nodesWith(['dedicated=gpu:NoSchedule'], [])],
    ['that need not have its label', { ...ALL, nodeSelector: { pool: 'edge' } }, PROFILE],
    ['that need not have its device', { ...ALL, ...askingFor('example.com/nic') }, PROFILE],
    ['that evict it in time', { tolerations: [{ operator: 'Exists', tolerationSeconds: 60 }] }, PROFILE],
  ])('are open, as it may lack a pod on nodes %s', (_, spec, profile) => {
    expect(found(spec, profile, internet)).toEqual(['SVC-14']);
  });

  test('pods are served as with Cluster, and no promise to keep them off holds for it', () => {
    expect(found({}, PROFILE, app('web'))).toEqual([]);
    expect(found({}, PROFILE, app('web'), true)).toEqual(['PTL104']);
    expect(found({}, PROFILE, internet, true)).toEqual(['PTL104']);
  });
});
