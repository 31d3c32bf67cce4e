import { inOrder, relatedPlaces } from '../diagnostics/lint-text';
import { lintWordingOf } from '../diagnostics/lint-wording';
import type { Lint, ObjectName, PlacedObject, RuleName } from '../model/finding/lint';
import { formatField } from '../model/manifest/reader/place';
import { placeJson } from './place-json';

/** Lints as other programs read them, by file, line, column and code. */
export function lintsJson(lints: readonly Lint[]): readonly object[] {
  return inOrder(lints).map(lintJson);
}

function lintJson(lint: Lint): object {
  const { code, severity, object, field, origin } = lint;
  const { title, why, fix } = lintWordingOf(lint);
  return {
    code,
    severity,
    title,
    object: objectJson(object),
    field: formatField(field) ?? '',
    ...placeJson(origin),
    why,
    fix,
    didYouMean: 'didYouMean' in lint ? lint.didYouMean : undefined,
    related: relatedPlaces(lint).map(relatedJson),
  };
}

function objectJson({ kind, namespace, name }: ObjectName): object {
  return namespace === '' ? { kind, name } : { kind, namespace, name };
}

function relatedJson(related: RuleName | PlacedObject): object {
  const rule = 'direction' in related ? { rule: `${related.direction}[${related.index}]` } : {};
  return { object: objectJson(related), ...rule, ...placeJson(related.origin) };
}
