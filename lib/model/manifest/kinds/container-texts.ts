import { isObject, type Place } from '../reader/place';
import type { ContainerText } from '../resources';

const LISTS = ['containers', 'initContainers'];
const WORDS = ['command', 'args'];
const FIELDS = ['env', ...WORDS];

/**
 * What the author wrote into the environment and the arguments of a pod's containers. Read when somebody asks: most do not,
 * and what is of another type is the API server's to refuse.
 */
export function containerTexts(spec: Place): readonly ContainerText[] {
  return LISTS.flatMap((list) => itemsOf(spec.at(list)).flatMap(textsOf));
}

function textsOf(container: Place): readonly ContainerText[] {
  const { value } = container;
  // Many containers say nothing here, and then no places need be made.
  if (!isObject(value) || !FIELDS.some((field) => field in value)) return [];
  const env = itemsOf(container.at('env')).flatMap((variable) => textAt(variable.at('value')));
  const words = WORDS.flatMap((field) => itemsOf(container.at(field)).flatMap(textAt));
  return [...env, ...words];
}

function textAt(place: Place): readonly ContainerText[] {
  return typeof place.value === 'string' && place.value !== '' ? [{ text: place.value, field: place.path }] : [];
}

function itemsOf(place: Place): readonly Place[] {
  return Array.isArray(place.value) ? place.value.map((_, i) => place.at(i)) : [];
}
