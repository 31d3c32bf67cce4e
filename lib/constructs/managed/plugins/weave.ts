import type { WeaveSpec } from '../../../model/cluster/cni/weave';
import type { ClusterProfile } from '../../../model/cluster/profile';
import { formatCidr } from '../../../model/values/cidr-set';
import { confListFile, PORTMAP } from '../conf-lists';
import type { ManagedPlugin } from '../managed-network';
import { yamlFile } from '../yaml-file';

/** The manifest of a release: the last one of the original project, the newest one of the fork. */
const RELEASES: Readonly<Record<NonNullable<WeaveSpec['project']>, string>> = {
  weaveworks: 'https://github.com/weaveworks/weave/releases/download/v2.8.1/weave-daemonset-k8s.yaml',
  rajch: 'https://github.com/rajch/weave/releases/latest/download/weave-daemonset-k8s-1.11.yaml',
};

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: object;
}

/**
 * Weave Net is configured by the environment of its DaemonSet, which the manifest of a release brings: a kustomization puts it
 * there, `kubectl apply -k dist-bootstrap/weave`. The Secret with the password is made by hand, and its text stays out of code.
 */
export const weaveManaged: ManagedPlugin<WeaveSpec> = (spec, profile) => {
  const env = variablesOf(spec, profile);
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [RELEASES[spec.project ?? 'weaveworks']],
    patches: env.length > 0 ? [{ path: 'weave-net.yaml' }] : undefined,
  };
  const files = [confListFile('10-weave.conflist', CONF_LIST), yamlFile('weave/kustomization.yaml', [kustomization])];
  return {
    objects: {},
    files: env.length > 0 ? [...files, yamlFile('weave/weave-net.yaml', [patchOf(env, spec)])] : files,
  };
};

const CONF_LIST = {
  cniVersion: '0.3.0',
  name: 'weave',
  plugins: [
    { name: 'weave', type: 'weave-net', hairpinMode: true },
    { ...PORTMAP, snat: true },
  ],
};

/** What differs from what Weave Net does unless it is told otherwise. */
function variablesOf(spec: WeaveSpec, profile: ClusterProfile): readonly Variable[] {
  const { mtu, passwordSecret, policyController, noMasqLocal } = spec;
  const range = spec.range ?? profile.podCidr.ofFamily(4).toCidrs().map(formatCidr).at(0);
  const trusted = [spec.trustedSubnets ?? []].flat();
  const said = (name: string, value: string | undefined): Variable[] => (value === undefined ? [] : [{ name, value }]);
  return [
    ...said('IPALLOC_RANGE', range),
    ...said('WEAVE_MTU', mtu?.toString()),
    ...(passwordSecret === undefined
      ? []
      : [{ name: 'WEAVE_PASSWORD', valueFrom: { secretKeyRef: { name: passwordSecret, key: passwordSecret } } }]),
    ...said('EXTRA_ARGS', trusted.length > 0 ? `--trusted-subnets=${trusted.join(',')}` : undefined),
    ...said('EXPECT_NPC', policyController === false ? '0' : undefined),
    ...said('NO_MASQ_LOCAL', noMasqLocal === undefined ? undefined : noMasqLocal ? '1' : '0'),
  ];
}

function patchOf(env: readonly Variable[], { policyController }: WeaveSpec): object {
  const containers = [
    { name: 'weave', env },
    ...(policyController === false ? [{ name: 'weave-npc', $patch: 'delete' }] : []),
  ];
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'weave-net', namespace: 'kube-system' },
    spec: { template: { spec: { containers } } },
  };
}
