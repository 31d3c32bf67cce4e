import type { IConstruct } from 'constructs';
import { collectEmitted } from '../synth/collect';
import { sourcesOf } from '../synth/render';
import { checkInput } from '../synth/verify';
import type { Ground } from './ground';

/**
 * The app as it would be emitted now.
 *
 * @throws where an object of it can't be: what is left would be another network
 */
export function appGround(root: IConstruct): Ground {
  const errors: string[] = [];
  const emitted = collectEmitted(root, ({ node }, error) => {
    errors.push(`  [${node.path}] ${error instanceof Error ? error.message : String(error)}`);
  });
  if (errors.length > 0) {
    throw new Error(`Unable to judge an app that can't be synthesized:\n${errors.join('\n')}`);
  }
  return { input: checkInput(root, emitted), sources: sourcesOf(root) };
}
