import { objectName } from '../intents/diagnose';
import type { Lint, PlacedObject, RuleName } from '../model/finding/lint';
import { formatField } from '../model/manifest/reader/place';
import { isNeedLint } from '../model/policy/needs';
import { byCodeUnit } from '../model/values/by-code-unit';
import { type Canvas, frameOf, patchNote, placeOf, type ReadSource, remembered } from './frame';
import { ASCII, type Glyphs } from './glyphs';
import { entry, someOf, titleLines } from './layout';
import { lintWordingOf } from './lint-wording';
import { culpritsOf } from './wording/network-lints';
import { literalsOf } from './wording/wording';

/** Lints as people read them, by file, line and code, and how many there are. */
export function renderLints(lints: readonly Lint[], readSource: ReadSource, glyphs: Glyphs = ASCII): string {
  const canvas = { linesOf: remembered(readSource), glyphs };
  return [...inOrder(lints).map((lint) => renderLint(lint, canvas)), `${countText(lints)}\n`].join('\n');
}

/** By file, line and column, and by code where several are of one place; those of constructs by their paths, first. */
export function inOrder(lints: readonly Lint[]): readonly Lint[] {
  return [...lints].sort(
    (a, b) =>
      byCodeUnit(fileOf(a), fileOf(b)) ||
      (a.origin.position?.line ?? 0) - (b.origin.position?.line ?? 0) ||
      (a.origin.position?.column ?? 0) - (b.origin.position?.column ?? 0) ||
      byCodeUnit(a.code, b.code),
  );
}

/** The other rules and objects that a lint is about. */
export function relatedPlaces(lint: Lint): readonly (RuleName | PlacedObject)[] {
  if ('by' in lint) return lint.by;
  if ('other' in lint) return typeof lint.other === 'string' ? [] : [lint.other];
  if ('twin' in lint) return [lint.twin];
  if ('rival' in lint) return lint.rival ? [lint.rival] : [];
  if ('namesakes' in lint) return lint.namesakes;
  if ('policies' in lint) return lint.policies;
  if ('certificates' in lint) return lint.certificates;
  if ('almost' in lint) return lint.almost ? [lint.almost] : [];
  return 'stray' in lint && lint.stray ? [lint.stray] : [];
}

/** How the object of a lint was made. */
export interface Made {
  /** The place is that of a statement that made the object, within which the culprit is looked for. @default false */
  readonly isStatement?: boolean;
  /** What there is to tell alike of other objects that the statement made. @default - nothing */
  readonly alike?: readonly Lint[];
}

/** What is the same of all lints that there is the same to tell of, about objects that one statement made. */
export function lintKey(lint: Lint): string | undefined {
  if (!lint.origin.position || relatedPlaces(lint).length > 0) return undefined;
  const { label, fix } = lintWordingOf(lint);
  return [lint.code, lint.severity, placeOf(lint.origin), label, fix].join(' ');
}

/**
 * Title with code, the author's lines, then where it is in the object, why, fix, other places, more.
 */
export function renderLint(lint: Lint, canvas: Canvas, { isStatement = false, alike = [] }: Made = {}): string {
  const { code, severity, object, field, origin } = lint;
  const { title, label, why, fix } = lintWordingOf(lint);
  const { position } = origin;
  const frame = position && frameOf({ position, label, literals: isStatement ? literalsIn(lint) : [] }, canvas);
  const place = placeOf(origin);
  const lines = [
    ...titleLines(`${severity}[${code}]: ${title}`),
    '',
    ...(frame ? [...frame, ''] : [...entry('at', place ?? ''), ...entry('here', label)]),
    ...patchNote(position),
    ...entry('in', [objectName(object), formatField(field)].filter((text) => text !== undefined).join(', ')),
    ...entry('why', why),
    ...entry('help', fix),
    ...entry(
      'also',
      alike.length === 0 ? '' : `${someOf(alike.map(({ object }) => objectName(object)))}, made by the same statement`,
    ),
    ...entry('also', [...new Set(relatedPlaces(lint).flatMap(({ origin }) => placeOf(origin) ?? []))].join(', ')),
    ...entry('more', `portolan explain ${code}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** What the author may have written that is to blame: what the lint names, else the name of the field. */
function literalsIn(lint: Lint): readonly string[] {
  const named = [
    ...('culprit' in lint && lint.culprit !== undefined ? literalsOf(lint.culprit) : []),
    ...('selector' in lint ? literalsOf(lint.selector) : []),
    ...(isNeedLint(lint) ? culpritsOf(lint) : []),
    ...('port' in lint ? [String(lint.port).replace(/\/.*$/, '')] : []),
    ...('address' in lint ? [lint.address] : []),
    ...('host' in lint ? [lint.host] : []),
    ...('className' in lint ? [lint.className ?? ''] : []),
    ...('asked' in lint ? lint.asked.split(', ') : []),
    ...('target' in lint && typeof lint.target === 'object' ? [lint.target.namespace] : []),
    ...('otherRange' in lint ? [lint.range] : []),
    ...('claimed' in lint ? [lint.claimed.path ?? '', lint.claimed.host ?? ''] : []),
  ];
  const fields = lint.field.filter((step) => typeof step === 'string' && !COMMON_FIELDS.has(step)) as string[];
  return [...named, ...fields.reverse()].filter((text) => text !== '');
}

/** Every object has some: where one of these stands alone it is likely another. */
const COMMON_FIELDS: ReadonlySet<unknown> = new Set([
  'metadata',
  'spec',
  'name',
  'namespace',
  'port',
  'ports',
  'number',
  'service',
]);

/** E.g. `no errors, 1 warning`. */
export function countText(lints: readonly Lint[]): string {
  const errors = lints.filter(({ severity }) => severity === 'error').length;
  const count = (n: number, noun: string) => `${n === 0 ? 'no' : n} ${noun}${n === 1 ? '' : 's'}`;
  return `${count(errors, 'error')}, ${count(lints.length - errors, 'warning')}`;
}

function fileOf({ origin }: Lint): string {
  return origin.position?.file ?? origin.construct ?? '';
}
