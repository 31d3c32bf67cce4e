import type { LintOf } from '../model/finding/lint';
import type {
  NetworkPolicyPort,
  NetworkPolicyResource,
  NetworkPolicyRule,
  Resource,
} from '../model/manifest/resources';
import { LintContext } from '../model/policy/lints/context';
import { destinationsOf } from '../model/policy/lints/destinations';
import type { Candidate, FixContext } from './candidate';
import { objectName } from './diagnose';
import { isYaml } from './fix-code';
import { networkFor } from './judge';

/** NP-21: each name of a policy as the one number that it means; none where pods differ in it. */
export function numberPorts(lint: LintOf<'PTL305'>, { resources, profile, intents }: FixContext): readonly Candidate[] {
  const context = new LintContext(networkFor(resources, profile, intents).cluster);
  const policy = context.networkPolicies.find((each) => objectName(each) === objectName(lint.object));
  if (!policy) return [];
  const numbers = new Map<string, number>();
  for (const direction of ['ingress', 'egress'] as const) {
    for (const [index, rule] of policy[direction].entries()) {
      const { pods } = destinationsOf({ policy, direction, index, rule }, context);
      for (const port of rule.ports) {
        if (port.type !== 'named') continue;
        const own = pods.flatMap((pod) => pod.ports.filter((each) => isNamed(each, port)).map((each) => each.port));
        const known = numbers.get(port.name);
        if (new Set(known === undefined ? own : [known, ...own]).size !== 1) return [];
        numbers.set(port.name, own[0] ?? known);
      }
    }
  }
  const numbered = ({ ports, ...rule }: NetworkPolicyRule): NetworkPolicyRule => ({
    ...rule,
    ports: ports.map((port): NetworkPolicyPort => {
      const number = port.type === 'named' ? numbers.get(port.name) : undefined;
      return number === undefined ? port : { type: 'range', protocol: port.protocol, first: number, last: number };
    }),
  });
  const inYaml = isYaml(lint.origin);
  const lines = (text: (name: string, number: number) => string) =>
    [...numbers].map(([name, number]) => text(name, number)).join('\n');
  return [
    {
      fix: {
        summary: 'give the port by its number',
        remove: lines((name) => (inYaml ? `port: ${name}` : `port '${name}'`)),
        add: lines((_, number) => (inYaml ? `port: ${number}` : `port ${number}`)),
      },
      resources: resources.map((each) => (each === policy ? withRules(policy, numbered) : each)),
    },
  ];
}

function isNamed(port: { readonly name?: string; readonly protocol: string }, wanted: typeof port): boolean {
  return port.name === wanted.name && port.protocol === wanted.protocol;
}

/** Of more ports nobody writes a list. */
const MOST_PORTS = 16;

/** NP-25: each range of a policy as the list of its ports. */
export function spreadRanges(lint: LintOf<'PTL303'>, { resources }: FixContext): readonly Candidate[] {
  const { first, last, protocol } = lint;
  if (last - first >= MOST_PORTS) return [];
  const spread = ({ ports, ...rule }: NetworkPolicyRule): NetworkPolicyRule => ({
    ...rule,
    ports: ports.flatMap((port): readonly NetworkPolicyPort[] => (port.type === 'range' ? singly(port) : [port])),
  });
  const isIt = (each: Resource): each is NetworkPolicyResource =>
    each.type === 'networkPolicy' && objectName(each) === objectName(lint.object);
  const own: PortRange = { type: 'range', protocol, first, last };
  const codes = [own, ...resources.filter(isIt).flatMap(rangesOf)].map((range) =>
    rangeCode(range, isYaml(lint.origin)),
  );
  const lines = (side: 'remove' | 'add') => [...new Set(codes.map((code) => code[side]))].join('\n');
  return [
    {
      fix: { summary: 'list the ports one by one', remove: lines('remove'), add: lines('add') },
      resources: resources.map((each) => (isIt(each) ? withRules(each, spread) : each)),
    },
  ];
}

/** The ranges of a policy that are written as lists. */
function rangesOf({ ingress, egress }: NetworkPolicyResource): readonly PortRange[] {
  const ports = [...ingress, ...egress].flatMap((rule) => rule.ports);
  return ports.filter((port): port is PortRange => port.type === 'range' && singly(port).length > 1);
}

function rangeCode(range: PortRange, inYaml: boolean): { readonly remove: string; readonly add: string } {
  const { first, last, protocol } = range;
  const port = inYaml
    ? (number: number) => `{ port: ${number}${protocol === 'TCP' ? '' : `, protocol: ${protocol}`} }`
    : (number: number) => (protocol === 'TCP' ? `${number}` : `Port.${protocol.toLowerCase()}(${number})`);
  const numbers = singly(range).map((each) => port(each.first));
  return {
    remove: inYaml ? `port: ${first}, endPort: ${last}` : `ports ${first} to ${last}`,
    add: `ports: [${numbers.join(', ')}]`,
  };
}

type PortRange = NetworkPolicyPort & { readonly type: 'range' };

function singly({ first, last, ...range }: PortRange): readonly PortRange[] {
  if (last - first >= MOST_PORTS) return [{ ...range, first, last }];
  return Array.from({ length: last - first + 1 }, (_, i) => ({ ...range, first: first + i, last: first + i }));
}

function withRules(
  policy: NetworkPolicyResource,
  edit: (rule: NetworkPolicyRule) => NetworkPolicyRule,
): NetworkPolicyResource {
  return { ...policy, ingress: policy.ingress.map(edit), egress: policy.egress.map(edit) };
}
