import type { IConstruct } from 'constructs';
import type { Network } from '../files/network';
import { collectEmitted } from './collect';
import type { Emitted } from './emission';
import { model } from './model';
import { checkInput } from './verify';

/**
 * The network of the app that the construct belongs to, as it would be emitted now: to be asked without promising.
 *
 * @throws where an object of the app can't be rendered, and InvalidInputError where one can't be understood
 */
export function networkOf(scope: IConstruct): Network {
  const { manifests, profile } = checkInput(scope, everyObjectOf(scope.node.root));
  return model.network.Network.from(manifests, profile);
}

/** @throws where an object can't be rendered: what is left would be another network */
export function everyObjectOf(root: IConstruct): readonly Emitted[] {
  const errors: string[] = [];
  const emitted = collectEmitted(root, ({ node }, error) => {
    errors.push(`  [${node.path}] ${error instanceof Error ? error.message : String(error)}`);
  });
  if (errors.length === 0) return emitted;
  throw new Error(`Unable to judge an app that can't be synthesized:\n${errors.join('\n')}`);
}
