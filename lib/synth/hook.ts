import type { IConstruct } from 'constructs';
import { recordCreationLines } from './creation-lines';
import { markOwn } from './library';
import { type Registry, registryOf } from './registry';
import { Verifier } from './verifier';

// As soon as this library is loaded: findings are about objects that were created before the first promise, too.
recordCreationLines();

/** Has every synth of the tree check its promises, for a construct of this library: what it emits is written in its words. */
export function attachOwn(construct: IConstruct): void {
  markOwn(construct);
  attach(construct);
}

/** Has every synth of the tree check its promises, and gives the registry to make them in. */
export function attach(scope: IConstruct): Registry {
  const registry = registryOf(scope);
  if (!registry.isHooked) {
    registry.isHooked = true;
    new Verifier(scope.node.root).install();
  }
  return registry;
}
