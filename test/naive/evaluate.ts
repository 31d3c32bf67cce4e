import { isDecidedBy } from './cluster-policy';
import type { Direction } from './manifests';
import { isIsolated, isLetThrough, visiblePod } from './network-policy';
import { type Connection, type End, isOnNodeOf, isPod, type World } from './world';

/** Whether the policies let this connection be opened. Its replies need no rule (NP-33), so nobody asks for them. */
export function allows(world: World, connection: Connection): boolean {
  const { from, to } = connection;
  if (isFinished(from) || isFinished(to)) {
    return false; // NP-34: a finished pod opens no connection and answers none.
  }
  if (isPod(from) && isPod(to) && from.id === to.id) {
    return true; // NP-31, which holds for the administrators' policies as well.
  }
  return passes(world, 'Egress', connection) && passes(world, 'Ingress', connection); // NP-05
}

/** NP-43: the administrators' policies above NetworkPolicy, NetworkPolicy, and their policies below it. */
function passes(world: World, direction: Direction, connection: Connection): boolean {
  const isOfOwnNode = isExempt(world, direction, connection);
  if (isOfOwnNode && world.clusterPoliciesSpareOwnNode) {
    return true;
  }
  const subject = direction === 'Egress' ? connection.from : connection.to;
  const above = isDecidedBy(world, world.admin[direction], direction, connection);
  if (above !== undefined) {
    return above === 'Accept';
  }
  const pod = visiblePod(world, subject);
  if (pod !== undefined && isIsolated(world, pod, direction)) {
    // INVARIANT: whoever NetworkPolicy selects never gets to the tier below, whatever NetworkPolicy says (NP-43).
    return isOfOwnNode || isLetThrough(world, pod, direction, connection);
  }
  return isDecidedBy(world, world.baseline[direction], direction, connection) !== 'Deny';
}

/** NP-30: the pod's own node, unless NetworkPolicy sees its hostNetwork pods as pods like all others (NP-28). */
function isExempt(world: World, direction: Direction, { from, to }: Connection): boolean {
  return direction === 'Egress'
    ? world.ownNodeOutIsExempt && isNode(world, to) && isOnNodeOf(to, from)
    : isNode(world, from) && isOnNodeOf(from, to);
}

function isNode(world: World, end: End): boolean {
  return isPod(end) && visiblePod(world, end) === undefined;
}

function isFinished(end: End): boolean {
  return isPod(end) && end.finished;
}
