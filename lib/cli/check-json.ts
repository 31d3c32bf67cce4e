import { inOrder, relatedPlaces } from '../diagnostics/lint-text';
import { lintWordingOf } from '../diagnostics/lint-wording';
import type { Lint, ObjectName, PlacedObject, RuleName } from '../model/finding/lint';
import type { Origin } from '../model/finding/origin';
import { formatField } from '../model/manifest/reader/place';

/** What `check -o json` writes; `schemas/check.schema.json` describes it. */
export function checkJson(lints: readonly Lint[]): object {
  const errors = lints.filter(({ severity }) => severity === 'error').length;
  return { lints: inOrder(lints).map(lintJson), errors, warnings: lints.length - errors };
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

/** Nothing where nobody knows, as with objects that a program made. */
function placeJson({ position }: Origin): object {
  return position ? { file: position.file, line: position.line, column: position.column } : {};
}
