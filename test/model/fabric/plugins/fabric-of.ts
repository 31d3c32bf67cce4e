import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import { resolveProfile } from '../../../../lib/model/cluster/resolve-profile';
import type { Carriage, Fabric, NodeTraffic } from '../../../../lib/model/fabric/fabric';
import { fabricOf as describe } from '../../../../lib/model/fabric/registry';

/** What the plugin of a profile does with packets. */
export function fabricOf(spec: ClusterProfileSpec): Fabric {
  const { profile, faults } = resolveProfile({ object: spec, origin: {} });
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return describe(profile);
}

/** The ways between nodes, e.g. `4: none, then VXLAN 50 on flannel.1`: within a subnet, then across. */
export function linksOf(spec: ClusterProfileSpec): readonly string[] {
  return fabricOf(spec).links.map(({ family, within, across }) => {
    const [near, far] = [carriage(within), carriage(across)];
    return near === far ? `${family}: ${near}` : `${family}: ${near}, then ${far}`;
  });
}

/** E.g. `UDP 8472`, `protocol 4`. */
export function portsOf(spec: ClusterProfileSpec): readonly string[] {
  return fabricOf(spec).nodeTraffic.map(portOf);
}

function portOf({ over }: NodeTraffic): string {
  return 'port' in over ? `${over.protocol} ${over.port}` : `protocol ${over.ipProtocol}`;
}

function carriage(by: Carriage): string {
  if (by.by !== 'encapsulation') return by.by;
  const { name, overhead, isEncrypted, device } = by.encapsulation;
  return `${isEncrypted ? 'encrypted ' : ''}${name} ${overhead} on ${device}`;
}
