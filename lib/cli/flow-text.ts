import type { InputFault } from '../model/finding/input-fault';
import type { Origin } from '../model/finding/origin';
import type { Network } from '../model/network';
import type { Endpoint, Flow } from '../model/reach/flow';
import type { IpFamily } from '../model/values/ip';
import { nearest } from '../model/values/nearest';
import type { Protocol } from '../model/values/traffic-set';

/** A question about one flow as a user writes it: well formed, but its ends not looked up yet. */
export interface FlowText {
  readonly from: string;
  readonly to: string;
  /** A number from 1 to 65535, or the name of a port. */
  readonly port: number | string;
  /** @default 'TCP' */
  readonly protocol?: Protocol;
  /** @default 'name' for `service/ns/name`, 'service' for a Service's address, else 'podIP' */
  readonly by?: Flow['by'];
  /** `node/NAME`: where a flow from outside enters. */
  readonly via?: string;
}

/** Where a question was asked, for its faults. */
export interface Asked {
  /** E.g. `flow 2`; absent where the question is the command line's own. */
  readonly object?: string;
  /** How the asker calls a field, e.g. `--from` or `flows[2].from`. */
  readonly nameOf: (field: keyof FlowText) => string;
  readonly originOf: (field: keyof FlowText) => Origin;
}

/** Looks up the ends of a flow. Every fault goes to `faults`; then there is no flow. */
export function resolveFlow(
  text: FlowText,
  network: Network,
  family: IpFamily | undefined,
  asked: Asked,
  faults: InputFault[],
): Flow | undefined {
  const before = faults.length;
  const fault = (field: keyof FlowText, detail: FaultDetail) =>
    faults.push({
      object: asked.object,
      field: asked.nameOf(field),
      got: String(text[field]),
      origin: asked.originOf(field),
      ...detail,
    });
  const from = endpointOf('from', text.from, network, fault);
  const to = endpointOf('to', text.to, network, fault);
  if (from?.type === 'service') fault('from', SERVICE_SENDS_NOTHING);
  const via = text.via === undefined ? undefined : entryOf(text.via, from, network, fault);
  const by = text.by ?? (to?.type !== 'service' ? 'podIP' : text.to.startsWith('service/') ? 'name' : 'service');
  const { port, protocol = 'TCP' } = text;
  if (to && by === 'podIP' && typeof port === 'string') checkPortName(port, protocol, to, fault);
  return from && to && faults.length === before ? { from, to, port, protocol, by, family, via } : undefined;
}

type FaultDetail = Pick<InputFault, 'code' | 'problem' | 'expected' | 'didYouMean'>;
type Report = (field: keyof FlowText, detail: FaultDetail) => void;

const SERVICE_SENDS_NOTHING: FaultDetail = {
  code: 'PTL016',
  problem: 'a Service sends nothing',
  expected: 'a pod, a workload, a node or an address',
};

function endpointOf(field: 'from' | 'to' | 'via', text: string, network: Network, fault: Report): Endpoint | undefined {
  const parsed = network.endpoint(text);
  if (parsed.ok) return parsed.endpoint;
  const { problem, expected, near } = parsed;
  fault(field, { code: 'PTL017', problem, expected, didYouMean: nearestEndpoint(text, near) });
  return undefined;
}

/** Of workloads that share a name only the kind tells them apart; else the one that is spelt most alike. */
export function nearestEndpoint(text: string, near: readonly string[]): string | undefined {
  const bare = (label: string) => label.replace(/\[\w*\]?$/, '');
  const sharing = near.filter((label) => bare(label) === text);
  if (sharing.length > 0) return sharing.join('` or `');
  const found = nearest(bare(text), near.map(bare));
  return found && near.find((label) => bare(label) === found);
}

/** The node of entry matters only to what comes from outside (SVC-13, SVC-15). */
function entryOf(via: string, from: Endpoint | undefined, network: Network, fault: Report): string | undefined {
  const node = endpointOf('via', via, network, fault);
  if (node && node.type !== 'node') {
    fault('via', { code: 'PTL016', problem: 'this is no node', expected: 'node/NAME' });
  }
  if (from && from.type !== 'addresses') {
    const problem = 'only a flow from outside the cluster enters by a node';
    fault('via', { code: 'PTL016', problem, expected: 'no `via` here' });
  }
  return node?.type === 'node' ? node.node.name : undefined;
}

/** By address nobody translates: a port's name means the number that each pod gives it. */
function checkPortName(port: string, protocol: Protocol, to: Endpoint, fault: Report): void {
  const pods = to.type === 'pods' ? to.pods : [];
  const isNamed = pods.some((p) => p.ports.some((q) => q.name === port && q.protocol === protocol));
  if (isNamed) return;
  const names = [
    ...new Set(pods.flatMap((p) => p.ports).flatMap((q) => (q.protocol === protocol ? (q.name ?? []) : []))),
  ];
  fault('port', {
    code: 'PTL016',
    problem: `${to.label} has no ${protocol} port called ${port}`,
    expected: names.length > 0 ? `a number, or one of ${names.sort().join(', ')}` : 'a number from 1 to 65535',
    didYouMean: nearest(port, names),
  });
}

/** Whether a text can be the name of a port (NP-24). */
export function isPortName(text: string): boolean {
  return text.length <= 15 && /[a-z]/.test(text) && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}

export function isPortNumber(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65535;
}
