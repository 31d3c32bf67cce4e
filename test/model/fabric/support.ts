import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import type { FabricLintDetail } from '../../../lib/model/finding/fabric-lint';
import type { LintOf } from '../../../lib/model/finding/lint';
import { formatField } from '../../../lib/model/manifest/reader/place';
import { Network } from '../../../lib/model/network';

type FabricCode = FabricLintDetail['code'];

/** What is wrong with a pod network, e.g. `error PTL312 podCidr`. */
export function fabricLints(profile: ClusterProfileSpec, manifests: readonly object[] = []): readonly string[] {
  return Network.from(manifests, profile)
    .lints()
    .filter(({ code }) => code.startsWith('PTL31'))
    .map(({ severity, code, field }) => `${severity} ${code} ${formatField(field)}`);
}

/** The lints of one code, as data. */
export function lintsOfCode<C extends FabricCode>(
  code: C,
  profile: ClusterProfileSpec,
  manifests: readonly object[] = [],
): readonly LintOf<C>[] {
  const lints = Network.from(manifests, profile).lints();
  return lints.filter((lint): lint is LintOf<C> => lint.code === code);
}

interface NodeSpec {
  readonly podCIDRs?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly object[];
}

/** A Node by its name and addresses. */
export function node(name: string, addresses: readonly string[], { podCIDRs, labels, taints }: NodeSpec = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    spec: { podCIDRs, taints },
    status: { addresses: addresses.map((address) => ({ type: 'InternalIP', address })) },
  };
}
