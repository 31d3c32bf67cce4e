import { CidrSet } from '../values/cidr-set';
import { fieldsOf } from './profile-fields';
import type { Report } from './profile-report';

/** The ip-masq-agent, as its configuration says. */
export interface IpMasqAgentSpec {
  /** `nonMasqueradeCIDRs`: to where pods keep their own address. @default - the private ranges: 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16 */
  readonly nonMasqueradeCidrs?: string | readonly string[];
  /** Whether pods lose it on the way to 169.254.0.0/16 too. @default false */
  readonly masqLinkLocal?: boolean;
}

/** NET-04: what the agent leaves alone where it is not told. */
const PRIVATE = CidrSet.parse('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16');
const LINK_LOCAL = CidrSet.parse('169.254.0.0/16');

/** Where pods keep their address, as far as the agent goes; `none`: there is no agent; `undefined`: nobody tells. */
export type IpMasqAgent = CidrSet | 'none' | undefined;

/** Reads the `ipMasqAgent` of a profile. */
export function parseIpMasqAgent(value: unknown, fault: Report): IpMasqAgent {
  if (value === undefined) return undefined;
  if (value === false) return 'none';
  const given = fieldsOf({ ipMasqAgent: value === true ? {} : value }, [], fault);
  const fields = given.map('ipMasqAgent', ['nonMasqueradeCidrs', 'masqLinkLocal']);
  if (!fields) return undefined;
  const told = fields.raw('nonMasqueradeCidrs') === undefined ? PRIVATE : fields.ranges('nonMasqueradeCidrs');
  const kept = fields.flag('masqLinkLocal') === true ? told : told.union(LINK_LOCAL);
  // It works on IPv4 alone unless it is told of IPv6.
  return kept.ofFamily(6).isEmpty ? kept.union(CidrSet.all(6)) : kept;
}
