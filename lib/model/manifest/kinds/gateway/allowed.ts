import { LabelSelector } from '../../../values/label-selector';
import type { AllowedNamespaces } from '../../gateway-resource';
import { andThen, optional, part, type Reader, withDefault } from '../../reader/reader';
import { oneOf } from '../../reader/scalars';
import { labelSelector } from '../labels';

type From = AllowedNamespaces['from'];

/** GW-04: whose objects may be attached; `usual` where the manifest says nothing. */
export function allowedNamespaces(usual: 'Same' | 'None', values: readonly From[]): Reader<AllowedNamespaces> {
  const read = andThen(
    part({
      from: withDefault(oneOf('a choice of namespaces', values, 'GW-04'), usual),
      selector: optional(labelSelector),
    }),
    ({ from, selector }): AllowedNamespaces =>
      from === 'Selector' ? { from, selector: selector ?? NOTHING } : { from },
  );
  return withDefault(read, { from: usual });
}

/** A choice by selector that gives none selects nothing. */
const NOTHING = LabelSelector.of([
  { key: 'kubernetes.io/metadata.name', operator: 'Exists', values: [] },
  { key: 'kubernetes.io/metadata.name', operator: 'DoesNotExist', values: [] },
]);
