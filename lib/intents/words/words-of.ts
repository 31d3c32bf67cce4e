import type { Origin } from '../../model/finding/origin';
import { isYaml } from '../fix-code';
import { apiWords } from './api';
import { PLUS } from './plus';
import { PORTOLAN } from './portolan';
import type { Words } from './words';

const YAML = apiWords(true);
const API = apiWords(false);
const LIBRARIES: Readonly<Record<NonNullable<Origin['library']>, Words>> = { 'cdk8s-plus': PLUS, portolan: PORTOLAN };

/** The words of whoever wrote an object. */
export function wordsOf(origin: Origin | undefined): Words {
  if (isYaml(origin)) return YAML;
  return origin?.library ? LIBRARIES[origin.library] : API;
}
