import type { Fields } from '../profile-fields';
import { demand, objectName } from './calico-fields';

const KEYS = ['enabled', 'mesh', 'asNumber', 'listenPort', 'peers', 'advertise'] as const;
const PEER_KEYS = ['name', 'address', 'asNumber', 'nodeSelector'] as const;
const ADVERTISE_KEYS = ['clusterIPs', 'externalIPs', 'loadBalancerIPs'] as const;
/** RFC 6793: four octets; 0 is none (RFC 7607). */
const AS_NUMBERS = [1, 4_294_967_295] as const;

/** By which protocol nodes tell each other, and routers, where pods are. */
export interface CalicoBgpSpec {
  /** Pools that are wrapped in VXLAN do without. @default true, as the operator does */
  readonly enabled?: boolean;
  /** Whether every node tells every other by itself; without it peers have to. @default true */
  readonly mesh?: boolean;
  /** The AS number of the nodes. @default 64512 */
  readonly asNumber?: number;
  /** TCP port on which nodes listen. @default 179 */
  readonly listenPort?: number;
  /** Routers and route reflectors that are told too. @default - none */
  readonly peers?: readonly CalicoPeerSpec[];
  /** Ranges of Services that are told to peers. @default - none */
  readonly advertise?: CalicoAdvertiseSpec;
}

export interface CalicoPeerSpec {
  /** Of the BGPPeer. @default - from the address */
  readonly name?: string;
  readonly address: string;
  readonly asNumber: number;
  /** Which nodes speak with it, in Calico's selectors, e.g. `rack == 'r1'`. @default - all */
  readonly nodeSelector?: string;
}

export interface CalicoAdvertiseSpec {
  readonly clusterIPs?: readonly string[];
  readonly externalIPs?: readonly string[];
  readonly loadBalancerIPs?: readonly string[];
}

/** Reads the `bgp` of Calico. */
export function parseCalicoBgp(plugin: Fields): CalicoBgpSpec | undefined {
  const fields = plugin.map('bgp', KEYS);
  const advertise = fields?.map('advertise', ADVERTISE_KEYS);
  return (
    fields && {
      enabled: fields.flag('enabled'),
      mesh: fields.flag('mesh'),
      asNumber: fields.integer('asNumber', ...AS_NUMBERS),
      listenPort: fields.port('listenPort'),
      peers: fields.raw('peers') === undefined ? undefined : fields.maps('peers', PEER_KEYS).flatMap(parsePeer),
      advertise: advertise && {
        clusterIPs: advertise.cidrs('clusterIPs'),
        externalIPs: advertise.cidrs('externalIPs'),
        loadBalancerIPs: advertise.cidrs('loadBalancerIPs'),
      },
    }
  );
}

function parsePeer(fields: Fields): readonly CalicoPeerSpec[] {
  demand(fields, 'address', 'its address');
  demand(fields, 'asNumber', 'its AS number');
  const address = fields.address('address');
  const asNumber = fields.integer('asNumber', ...AS_NUMBERS);
  const name = objectName(fields);
  const nodeSelector = fields.text('nodeSelector');
  return address === undefined || asNumber === undefined ? [] : [{ name, address, asNumber, nodeSelector }];
}
