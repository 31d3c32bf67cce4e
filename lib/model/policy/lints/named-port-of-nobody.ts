import type { Lint, LintDetail } from '../../finding/lint';
import { blame } from '../../manifest/blame';
import type { ContainerPort } from '../../manifest/resources';
import type { CidrSet } from '../../values/cidr-set';
import { nearest } from '../../values/nearest';
import type { Protocol } from '../../values/traffic-set';
import type { LintContext, LintRule } from './context';
import { destinationsOf } from './destinations';
import { allRules, type PlacedRule, portField } from './places';

/** The name of a container port as a rule asks for it; cluster-wide policies ask for no protocol. */
interface NamedPort {
  readonly name: string;
  readonly protocol?: Protocol;
}

type Detail = LintDetail & { code: 'PTL134' };

/** PTL134: a port's name is looked up on each pod that receives, and none of them has it (NP-21, NP-22, NP-23). */
export const namedPortOfNobody: LintRule = (context) =>
  allRules(context).flatMap((placed) => {
    const lints: Lint[] = [];
    for (const [i, port] of placed.rule.ports.entries()) {
      const detail = port.type === 'named' ? detailOf(port, placed, context) : undefined;
      if (!detail) continue;
      const field = portField(placed, i);
      lints.push({ severity: 'warning', ...blame(placed.policy, field, [...field, 'port']), ...detail });
    }
    return lints;
  });

function detailOf(wanted: NamedPort, placed: PlacedRule, context: LintContext): Detail | undefined {
  const { pods, isOpen, onlyAddresses } = destinationsOf(placed, context);
  if (onlyAddresses)
    return mayBeHeldByPods(wanted, onlyAddresses, context) ? undefined : named(wanted, 'only-addresses');
  const ports = pods.flatMap((pod) => pod.ports);
  if (pods.length === 0 || ports.some((port) => isMeant(port, wanted))) return undefined;
  const isOtherProtocol = ports.some(({ name }) => name === wanted.name);
  const names = [...new Set(ports.flatMap(({ name }) => name ?? []))].sort();
  const didYouMean = isOtherProtocol ? undefined : nearest(wanted.name, names);
  // Where others are meant too, or pods that no manifest has, which may have more ports, only a slip tells.
  const isKnown = !isOpen && pods.every(({ provenance }) => provenance !== 'assumed');
  if (!isKnown && didYouMean === undefined) return undefined;
  return { ...named(wanted, isOtherProtocol ? 'other-protocol' : 'no-such-name'), has: described(ports), didYouMean };
}

/** NP-17, NP-22: an address has ports with names only where it is a declared pod's. */
function mayBeHeldByPods(wanted: NamedPort, addresses: CidrSet, { pods, cluster }: LintContext): boolean {
  const { ipBlockSelectsPods } = cluster.profile.capabilities;
  return (
    ipBlockSelectsPods !== false &&
    pods.some((pod) => pod.domain.intersects(addresses) && pod.ports.some((port) => isMeant(port, wanted)))
  );
}

function isMeant(port: ContainerPort, { name, protocol }: NamedPort): boolean {
  return port.name === name && (protocol === undefined || port.protocol === protocol);
}

function named({ name, protocol }: NamedPort, problem: Detail['problem']): Detail {
  return { code: 'PTL134', port: protocol === undefined ? name : `${name}/${protocol}`, problem, has: [] };
}

function described(ports: readonly ContainerPort[]): readonly string[] {
  return [...new Set(ports.flatMap(({ name, protocol }) => (name === undefined ? [] : `${name}/${protocol}`)))].sort();
}
