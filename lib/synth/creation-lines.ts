import { type IConstruct, Node } from 'constructs';
import { type CallSite, captureCallSite } from './call-site';

/** Where each construct of the tree was created. Shared by all copies of this library that see the same tree. */
type CreationLines = WeakMap<IConstruct, CallSite>;

const CREATION_LINES = Symbol.for('portolan.creation-lines/1');

/** The part of a tree node that adding a child goes through; `constructs` keeps it private. */
interface ChildAdder {
  addChild?(child: IConstruct, name: string): void;
  [CREATION_LINES]?: CreationLines;
}

/**
 * Has every construct from now on remember the line that created it, whoever's construct it is. Those created before
 * have their path only.
 *
 * INVARIANT: every version of `constructs` 10 hangs a construct into its tree through `Node.addChild(child, name)`.
 * Where that is not so, nothing is touched and findings have construct paths but no lines.
 */
export function recordCreationLines(): void {
  const node = Node.prototype as unknown as ChildAdder;
  const original = node.addChild;
  if (node[CREATION_LINES] || typeof original !== 'function' || original.length !== 2) return;

  const lines: CreationLines = new WeakMap();
  const addChild = function (this: ChildAdder, child: IConstruct, name: string) {
    original.call(this, child, name);
    lines.set(child, sharedLine(this as unknown as Node) ?? captureCallSite());
  };
  if (Reflect.defineProperty(node, CREATION_LINES, { value: lines })) Reflect.set(node, 'addChild', addChild);
}

/** Nodes whose constructs are being built by this library, and below which no line but theirs is the author's. */
const BUILDING = new WeakMap<Node, CallSite>();

/**
 * Puts whatever is created below the construct down to the line that created the construct itself, until `done` is called:
 * capturing a stack for each of the many parts of an app would take longer than making them.
 */
export function shareCreationLine(construct: IConstruct): { readonly done: () => void } {
  const line = creationLine(construct);
  if (line) BUILDING.set(construct.node, line);
  return { done: () => BUILDING.delete(construct.node) };
}

function sharedLine(parent: Node): CallSite | undefined {
  for (let node: Node | undefined = parent; node; node = node.scope?.node) {
    const line = BUILDING.get(node);
    if (line) return line;
  }
  return undefined;
}

/** The author's line that created the construct, once `recordCreationLines` was on; a root has none. */
export function creationLine(construct: IConstruct): CallSite | undefined {
  // The node that it was hung below knows: a construct package may bring a copy of `constructs` of its own.
  const parent = construct.node.scope?.node as unknown as ChildAdder | undefined;
  return parent?.[CREATION_LINES]?.get(construct);
}
