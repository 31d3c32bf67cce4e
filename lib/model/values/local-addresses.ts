import { CidrSet } from './cidr-set';

/** SVC-26: addresses that mean the host itself, or one link, and so nobody that a client elsewhere could reach. */
export const LOCAL_ADDRESSES = CidrSet.parse(
  '0.0.0.0/32',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/24',
  '::/127',
  'fe80::/10',
  'ff02::/16',
);
