import { mapOf, part, type Reader } from '../reader/reader';
import { textOrNull } from '../reader/scalars';
import { dataKey } from './data-key';
import { kind } from './kind';

const body: Reader<{ readonly data: ReadonlyMap<string, string> }> = part({ data: mapOf(textOrNull, dataKey) });

export const configMapKind = kind({
  kind: 'ConfigMap',
  apiVersions: ['v1'],
  body,
  make: ({ data }) => ({ type: 'configMap', data }),
});
