/** A network configuration list, as the CNI specification has it. */
export interface ConfList {
  readonly name: string;
  readonly cniVersion: string;
  readonly plugins: readonly object[];
}

/** hostPort is the work of a plugin behind the main one. */
export const PORTMAP = { type: 'portmap', capabilities: { portMappings: true } };

export const FLANNEL: ConfList = {
  name: 'cbr0',
  cniVersion: '0.3.1',
  plugins: [{ type: 'flannel', delegate: { hairpinMode: true, isDefaultGateway: true } }, PORTMAP],
};

export function confListJson(list: ConfList): string {
  return `${JSON.stringify(list, null, 2)}\n`;
}
