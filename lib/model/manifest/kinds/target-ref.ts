import { optionalText, part, type Read } from '../reader/reader';
import { text } from '../reader/scalars';

/** The object that an endpoint stands for. */
export const targetRef = part({
  kind: optionalText(text),
  namespace: optionalText(text),
  name: optionalText(text),
});

/** `ns/name`, where it is a Pod. */
export function podOfTarget({ kind, namespace, name }: Read<typeof targetRef>): string | undefined {
  return kind === 'Pod' && namespace !== undefined && name !== undefined ? `${namespace}/${name}` : undefined;
}
