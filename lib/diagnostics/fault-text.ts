import type { InputFault } from '../model/finding/input-fault';
import { type Canvas, frameOf, patchNote, placeOf, type ReadSource, remembered } from './frame';
import { ASCII, type Glyphs } from './glyphs';
import { entry, titleLines } from './layout';
import { fixOf } from './wording/fault-fixes';

export type { ReadSource } from './frame';

/** The rules behind faults in a sentence each: why what Kubernetes asks for is no nicety. */
const RULES: Readonly<Record<string, string>> = {
  'NET-08': "A pod on the host's network has the ports that its containers bind, so that the two numbers are one.",
  'NP-09':
    'Ports are numbered from 1. A rule without ports means all of them, and a port without number all of its protocol.',
  'NP-12': 'A peer without a field does not mean everybody, and a block of addresses takes no selector beside it.',
  'NP-13': 'In and NotIn compare with values and need some; Exists and DoesNotExist ask for the key alone.',
  'NP-16': 'The API server takes an exception only from within its block, and smaller than the block.',
  'NP-24': "A text is a port's name. A quoted number would be a name, which no port can have.",
  'NP-25': 'A range begins at a port with a number and ends at or above it.',
  'NP-26': 'NetworkPolicy knows TCP, UDP and SCTP, spelt so.',
  'NP-44': 'A policy has two directions, and each is named once.',
  'DNS-20':
    'A pod asks three servers at most, in no more than 32 domains, and with policy None only those that it names.',
  'ING-01': 'A rule is chosen by the name in the Host header; requests for an address have none to match.',
  'ING-02': 'A wildcard stands for exactly one label, the first.',
  'ING-05': 'A path is compared as its type says, and no way of writing it may mean another one.',
  'ING-10': 'Requests go by rules, and those that no rule takes to the default backend; without both nothing is said.',
  'ING-12': 'The annotation is what classes were before they had a field.',
  'ING-14':
    'A backend is a Service of the same namespace with one of its ports, or a resource that the controller knows.',
  'SVC-01': 'A Service is a ClusterIP, NodePort, LoadBalancer or ExternalName, spelt so.',
  'SVC-09': 'With several ports only names tell which of them an Ingress or an endpoint means.',
  'SVC-13': 'Load balancers ask each node for its own endpoints only where traffic from outside stays on the node.',
  'SVC-18': 'An address of a load balancer is served by the nodes themselves (VIP) or by the load balancer (Proxy).',
  'SVC-19': 'Only Services of type LoadBalancer get a load balancer that these fields could be about.',
  'SVC-20':
    'Ports of the nodes belong to the types NodePort and LoadBalancer; without a type a Service is a ClusterIP.',
  'SVC-21': 'A headless Service has no address of its own and translates no ports.',
  'SVC-22': 'An ExternalName is nothing but another name in the DNS: it has no address and no endpoints.',
  'SVC-24': 'A client stays with its endpoint by its address (ClientIP) for a day at most, or not at all (None).',
  'SVC-25': 'Traffic stays in the zone or on the node if it can, or goes to any endpoint.',
  'SVC-26': 'Such an address means another host on every node, so that no client would get where the author meant.',
  'SVC-27': 'A Service has one address of each of its families, in their order, and endpoints of the same family.',
};

/** All faults in the order of the texts, and how many there are. */
export function renderFaults(faults: readonly InputFault[], readSource: ReadSource, glyphs: Glyphs = ASCII): string {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  const canvas = { linesOf: remembered(readSource), glyphs };
  const texts = inOrderOfPlaces(faults).map((fault) => render(fault, canvas));
  return `${texts.join('\n')}\n${count} in the input: nothing was computed\n`;
}

/**
 * One fault: title with code and place, the author's lines, then where it is in the object, what Kubernetes would take,
 * what stands there, why, and the likely fix. The first line holds `file:line:column` where that is known.
 */
export function renderFault(fault: InputFault, readSource: ReadSource, glyphs: Glyphs = ASCII): string {
  return render(fault, { linesOf: remembered(readSource), glyphs });
}

function render(fault: InputFault, canvas: Canvas): string {
  const { code, object, field, got, problem, expected, rule, origin, related } = fault;
  const place = placeOf(origin);
  const subject = place ?? field ?? got;
  const lines = [...titleLines(`error[${code}]: ${subject === undefined ? '' : `${subject}: `}${problem}`)];
  const frame = origin.position && frameOf({ position: origin.position, isPlaced: true }, canvas);
  if (frame) lines.push('', ...frame, '');
  const known = (texts: readonly (string | undefined)[]) =>
    texts.filter((text) => text !== undefined && text !== subject);
  lines.push(
    ...patchNote(origin.position),
    ...entry('in', known([object, field]).join(', ')),
    ...entry('expected', expected),
    ...entry('got', known([got]).join('')),
    ...entry('why', rule === undefined ? '' : `${RULES[rule] ?? 'Kubernetes refuses it.'} (${rule})`),
    ...entry('fix', fixOf(fault)),
    ...entry('also', known((related ?? []).map(placeOf)).join(', ')),
  );
  return `${lines.join('\n')}\n`;
}

/** Files in the order in which they first appear, and within a file from top to bottom. */
function inOrderOfPlaces(faults: readonly InputFault[]): readonly InputFault[] {
  const files = new Map<string | undefined, InputFault[]>();
  for (const fault of faults) {
    const file = fault.origin.position?.file;
    const group = files.get(file);
    if (group) group.push(fault);
    else files.set(file, [fault]);
  }
  const at = ({ origin }: InputFault) => origin.position ?? { line: 0, column: 0 };
  return [...files.values()].flatMap((group) =>
    group.sort((a, b) => at(a).line - at(b).line || at(a).column - at(b).column),
  );
}
