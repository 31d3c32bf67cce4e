import { isObject, type Place } from '../reader/place';
import type { ContainerSettings } from '../resources';

/** Where a pod's containers may have settings besides their arguments. Read when somebody asks: few do. */
export function containerSettings(spec: Place): ContainerSettings {
  const containers = itemsOf(spec.at('containers').value);
  const textsOf = (list: string, field: string) =>
    containers
      .flatMap((container) => itemsOf(container[list]))
      .map((item) => item[field])
      .filter((text): text is string => typeof text === 'string');
  return { mounts: textsOf('volumeMounts', 'mountPath'), variables: textsOf('env', 'name') };
}

/** What is of another type is the API server's to refuse. */
function itemsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
