import type { InputFault } from '../../model/finding/input-fault';

interface Remedy {
  /** In terms of the manifest. @default - what Kubernetes would take says it all */
  readonly fix?: string;
  /** What authors of cdk8s-plus write, whose manifests carry a fault that they never typed. */
  readonly inPlus?: string;
}

/** What to write instead, where a code, together with the rule behind it, leaves little choice. */
const REMEDIES: Readonly<Record<string, Remedy>> = {
  'PTL003 SVC-09': {
    fix: 'give each port a name',
    inPlus: "in cdk8s-plus `ports: [{ name: 'http', port: 80 }, ...]`, or `service.bind(80, { name: 'http' })`",
  },
  PTL005: {
    inPlus:
      'mend it where it is given, such as in `NetworkPolicyIpBlock.ipv4(...)`: cdk8s-plus takes whatever looks like one',
  },
  'PTL006 NP-16': {
    fix: 'leave the exception out, or name a part of the block',
    inPlus: 'in cdk8s-plus it is the last argument of `NetworkPolicyIpBlock.ipv4(...)`',
  },
  'PTL007 NP-09': {
    fix: 'for all ports leave out `port` and `endPort`',
    inPlus:
      'in cdk8s-plus write `NetworkPolicyPort.of({ protocol: NetworkProtocol.TCP })` in place of `allTcp()`, and likewise for `allUdp()`: both begin at port 0',
  },
  PTL012: {
    fix: 'declare it once, or give one of the two another name',
    inPlus: 'in cdk8s-plus by `metadata: { name }`, or by none at all: then each gets a name of its own',
  },
};

/** The likely fix: what was meant, else what is written instead; empty where `expected` says it all. */
export function fixOf({ code, rule, didYouMean, origin }: InputFault): string {
  if (didYouMean !== undefined) return `did you mean \`${didYouMean}\`?`;
  const { fix, inPlus } = REMEDIES[`${code} ${rule}`] ?? REMEDIES[code] ?? {};
  const texts = [fix, origin.construct === undefined ? undefined : inPlus];
  return texts.filter((text) => text !== undefined).join('; ');
}
