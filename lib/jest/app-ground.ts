import type { IConstruct } from 'constructs';
import { everyObjectOf } from '../synth/network-of';
import { sourcesOf } from '../synth/render';
import { checkInput } from '../synth/verify';
import type { Ground } from './ground';

/** The app as it would be emitted now. @throws where an object of it can't be rendered */
export function appGround(root: IConstruct): Ground {
  return { input: checkInput(root, everyObjectOf(root)), sources: sourcesOf(root) };
}
