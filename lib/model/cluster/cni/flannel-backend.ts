import type { Fields } from '../profile-fields';

/** A VXLAN network identifier has 24 bits (RFC 7348). */
const VNIS = [1, 2 ** 24 - 1] as const;

/** How Flannel takes packets from node to node: the `Backend` of its `net-conf.json`. */
export type FlannelBackend = VxlanBackend | HostGatewayBackend | UdpBackend | WireguardBackend | IpipBackend;

export interface VxlanBackend {
  readonly type: 'vxlan';
  /** The identifier of its VXLAN. @default 1 */
  readonly vni?: number;
  /** The port of UDP. @default 8472 */
  readonly port?: number;
  /** Leaves packets as they are between nodes of one subnet. @default false */
  readonly directRouting?: boolean;
  /** NET-06: the largest packet in bytes that it sends between nodes, with what wraps it. @default - that of the nodes' interface */
  readonly mtu?: number;
}

/** Routes by the addresses of the nodes: all nodes are in one subnet. */
export interface HostGatewayBackend {
  readonly type: 'host-gw';
}

/** In user space: for debugging, where the kernel knows no VXLAN. */
export interface UdpBackend {
  readonly type: 'udp';
  /** The port of UDP. @default 8285 */
  readonly port?: number;
}

export interface WireguardBackend {
  readonly type: 'wireguard';
  /** The port of UDP that nodes reach by IPv4. @default 51820 */
  readonly port?: number;
  /** Likewise by IPv6. @default 51821 */
  readonly portV6?: number;
  /** NET-06: the largest packet in bytes that it sends between nodes, with what wraps it. @default - that of the nodes' interface */
  readonly mtu?: number;
}

/** Called experimental by Flannel. */
export interface IpipBackend {
  readonly type: 'ipip';
  /** Leaves packets as they are between nodes of one subnet. @default false */
  readonly directRouting?: boolean;
}

type Type = FlannelBackend['type'];

/** The options of each backend. */
const OPTIONS: Readonly<Record<Type, readonly string[]>> = {
  vxlan: ['vni', 'port', 'directRouting', 'mtu'],
  'host-gw': [],
  udp: ['port'],
  wireguard: ['port', 'portV6', 'mtu'],
  ipip: ['directRouting'],
};
const TYPES = Object.keys(OPTIONS) as readonly Type[];
const ALL_OPTIONS = [...new Set(Object.values(OPTIONS).flat())];

/** What Flannel has beside, and why nothing can be said of it. */
const NOT_MODELLED: Readonly<Record<string, string>> = {
  alloc: 'it gives nodes their subnets and forwards nothing: what does is not told',
  ipsec: 'it is experimental, and its keys are not modelled',
  extension: 'it runs commands of your own, which nobody can judge',
  'ali-vpc': 'its routes are kept by a cloud, and are not modelled',
  'aws-vpc': 'its routes are kept by a cloud, and are not modelled',
  gce: 'its routes are kept by a cloud, and are not modelled',
  'tencent-vpc': 'its routes are kept by a cloud, and are not modelled',
  'cloudflare-mesh': 'its routes are kept by a cloud, and are not modelled',
};

/** Reads the `backend`: the name of one, or a map with its `type` and its options. */
export function parseFlannelBackend(fields: Fields): Type | FlannelBackend | undefined {
  const value = fields.raw('backend');
  if (value === undefined) return undefined;
  if (typeof value === 'string') return typeOf(value, fields, 'backend');
  const own = fields.map('backend', ['type', ...ALL_OPTIONS]);
  if (!own) return undefined;
  const type = typeOf(own.raw('type'), own, 'type');
  if (!type) return undefined;
  for (const key of ALL_OPTIONS.filter((key) => own.raw(key) !== undefined && !OPTIONS[type].includes(key))) {
    const expected = OPTIONS[type].length === 0 ? 'no options' : `some of ${OPTIONS[type].join(', ')}`;
    own.refuse(key, `the backend ${type} has no option \`${key}\``, expected, OPTIONS[type]);
  }
  return optionsOf(type, own);
}

function typeOf(value: unknown, fields: Fields, key: string): Type | undefined {
  const type = TYPES.find((known) => known === value);
  if (type) return type;
  const reason = typeof value === 'string' && Object.hasOwn(NOT_MODELLED, value) ? NOT_MODELLED[value] : undefined;
  const problem = reason ? `this backend of Flannel is not modelled: ${reason}` : 'Flannel has no such backend';
  fields.refuse(key, problem, `one of ${TYPES.join(', ')}`, TYPES);
  return undefined;
}

function optionsOf(type: Type, fields: Fields): FlannelBackend {
  const port = () => fields.port('port');
  switch (type) {
    case 'vxlan':
      return {
        type,
        vni: fields.integer('vni', ...VNIS),
        port: port(),
        directRouting: fields.flag('directRouting'),
        mtu: fields.mtu('mtu'),
      };
    case 'wireguard':
      return {
        type,
        port: port(),
        portV6: fields.port('portV6'),
        mtu: fields.mtu('mtu'),
      };
    case 'udp':
      return { type, port: port() };
    case 'ipip':
      return { type, directRouting: fields.flag('directRouting') };
    case 'host-gw':
      return { type };
  }
}
