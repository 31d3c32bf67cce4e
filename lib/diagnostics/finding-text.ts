import type { Finding, Fix } from '../intents/finding';
import type { Intent } from '../intents/intent';
import { withoutKind } from '../model/cluster/workload';
import type { Origin, Position } from '../model/finding/origin';
import type { UrlVerdict } from '../model/reach/url-verdict';
import { wordingOf } from './finding-wording';
import { type Canvas, frameOf, patchNote, placeOf } from './frame';
import { block, entry, placed, someOf, titleLines, wrapCode } from './layout';
import { routeRuleName, urlWayOf } from './url-way';
import { wayOf } from './way';
import { makerOf } from './wording/promise';
import type { Wording } from './wording/wording';

/** What a finding is told with: its author's program too. */
export interface FindingCanvas extends Canvas {
  /** Where an origin was written, e.g. the line that created a construct. */
  readonly positionOf: (origin: Origin) => Position | undefined;
}

/**
 * Always in this order: title with code, the author's line, the way with one cross, the promise, why, fix, also, more.
 * The line framed is the one to mend; where no object is to blame it is the promise's own. An object whose line nobody knows
 * is named by its construct. Where something gets through that
 * must not, the way is an example of it and comes after the promise.
 * @param alike what else there is to tell alike of the statement, with other names
 */
export function renderFinding(finding: Finding, canvas: FindingCanvas, alike: readonly Finding[] = []): string {
  const { code, severity, intent, example, route } = finding;
  const wording = wordingOf(finding);
  const way = wayLines(finding, canvas);
  const isExample = (route ?? example)?.outcome === 'allowed';
  const lines = [
    ...titleLines(`${severity}[${code}]: ${wording.title}`),
    '',
    ...frameLines(finding, wording, canvas),
    ...(isExample || way.length === 0 ? [] : [...way, '']),
    ...patchNote(finding.blame && canvas.positionOf(finding.blame)),
    ...promiseLines(finding, canvas),
    ...listEntry(isPositive(intent) ? 'likewise' : 'but also', finding.offenders.slice(1).map(withoutKind)),
    ...(isExample ? ['', ...way, ''] : []),
    ...entry('why', wording.why),
    ...fixLines(finding.fixes, wording.advice),
    ...alsoLines(finding, canvas),
    ...alikeLines(finding, alike),
    ...placed('note', wording.note ?? '', wording.noteAt && placeIn(wording.noteAt, canvas)),
    ...entry('note', finding.isUntried ? 'there are many causes, and fixes were tried for the first of them only' : ''),
    ...entry('more', `portolan explain ${code}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** The way that shows it: that of a request by URL whole, with the rules that lost, else that of a packet. */
function wayLines(finding: Finding, { glyphs, ...canvas }: FindingCanvas): readonly string[] {
  const { example, route } = finding;
  const wayCanvas = { glyphs, placeOf: unlessFramed(finding, { glyphs, ...canvas }) };
  if (!route) return example ? wayOf(example, wayCanvas) : [];
  return [...urlWayOf(route, wayCanvas), ...consideredLines(route)];
}

const MOST_CONSIDERED = 3;

/** The rules that match as well and lost; where none takes the request, those that come nearest. */
function consideredLines({ taken }: UrlVerdict): readonly string[] {
  const { rule, considered = [] } = taken?.routed ?? {};
  const telling = considered.filter(({ matched }) => rule === undefined || matched !== 'no').slice(0, MOST_CONSIDERED);
  return telling.flatMap((one, i) => entry(i === 0 ? 'beside' : '', `${routeRuleName(one.rule)}: ${one.because}`));
}

/** The place of an object, but for the one that the frame shows already. */
function unlessFramed({ blame }: Finding, canvas: FindingCanvas): (origin: Origin) => string | undefined {
  const framed = blame && placeIn(blame, canvas);
  return (origin) => {
    const place = placeIn(origin, canvas);
    return place === framed ? undefined : place;
  };
}

function frameLines({ blame, intent }: Finding, wording: Wording, canvas: FindingCanvas): readonly string[] {
  const blamed = blame && canvas.positionOf(blame);
  if (!blamed && blame?.construct !== undefined)
    return [...entry('at', blame.construct), ...entry('here', wording.label), ''];
  const position = blamed ?? canvas.positionOf(intent.origin);
  if (!position) return [];
  // A line of YAML is known to the letter; a construct only by the statement that made it, unless a patch changed that.
  const isWritten = !blame?.position && !blamed?.isPatched;
  const literals = blamed ? (isWritten ? wording.culprits : []) : [intent.verb];
  const frame = frameOf({ position, label: blamed ? wording.label : 'promised here', literals }, canvas);
  return frame ? [...frame, ''] : [...entry('at', placeOf({ position })!), ''];
}

/** Where something was to pass, others fail like it; where nothing was to pass, others get through besides. */
function isPositive(intent: Intent): boolean {
  return 'negated' in intent && !intent.negated;
}

const MOST_LISTED = 6;

function promiseLines(finding: Finding, canvas: FindingCanvas): readonly string[] {
  const { intent, promise, concerns, cause } = finding;
  const told = (label: string, text: string, one: Intent) => [
    ...placed(label, `${text}${one.implied ? ` (made by ${makerOf(one)})` : ''}`, placeIn(one.origin, canvas)),
    ...(one.because === undefined ? [] : entry('because', one.because)),
  ];
  const label = cause.code === 'PTL902' ? 'against' : 'likewise';
  return [
    ...told('promise', promise, intent),
    ...concerns.slice(0, MOST_LISTED).flatMap((one, i) => told(i === 0 ? label : '', one.promise, one.intent)),
    ...(concerns.length > MOST_LISTED ? entry('', `and ${concerns.length - MOST_LISTED} more`) : []),
  ];
}

/** `file:line:column`, where that is known. */
function placeIn(origin: Origin, { positionOf }: FindingCanvas): string | undefined {
  const position = positionOf(origin);
  return position && placeOf({ position });
}

/** What is the same of all findings that there is the same to tell of: of the statement to blame, and of that which promised. */
export function statementOf(finding: Finding, positionOf: FindingCanvas['positionOf']): string | undefined {
  const { code, severity, blame, intent, concerns, fixes, isUntried = false } = finding;
  const [blamed, promised] = [blame, intent.origin].map((origin) => origin && positionOf(origin));
  if (blame?.construct === undefined || !blamed || !promised || concerns.length > 0) return undefined;
  const places = [blamed, promised].map((position) => placeOf({ position }));
  return [code, severity, ...places, wordingOf(finding).label, fixes.length > 0 || isUntried].join(' ');
}

/** Promises that fail alike by one statement, and whether what mends the first is written in it for all. */
function alikeLines({ fixes }: Finding, alike: readonly Finding[]): readonly string[] {
  if (alike.length === 0) return [];
  const codeOf = (each: readonly Fix[]) => JSON.stringify(each.map(({ remove, add }) => [remove, add]));
  const isSame = alike.every((other) => other.fixes.length === 0 || codeOf(other.fixes) === codeOf(fixes));
  const how = isSame || fixes.length === 0 ? '' : '; what mends each has other names in it';
  const fail = alike.length === 1 ? 'fails' : 'fail';
  return entry('also', `${someOf(alike.map(({ promise }) => promise))} ${fail} alike by this statement${how}`);
}

function listEntry(label: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : entry(label, someOf(items));
}

/** A fix is code that the model has tried; help is all there is where nothing could be tried. */
function fixLines(fixes: readonly Fix[], advice: string): readonly string[] {
  if (fixes.length === 0) return entry('help', advice);
  return fixes.flatMap((fix, i) => [
    ...entry(i === 0 ? 'fix' : 'or', `${fix.summary}${leftText(fix)}${broughtText(fix)}`),
    ...block('', [...wrapCode('- ', fix.remove), ...wrapCode('+ ', fix.add)]),
  ]);
}

function leftText({ left }: Fix): string {
  if (left === undefined) return '';
  return `; ${left === 1 ? '1 of the other promises needs' : `${left} of the other promises need`} more than that`;
}

function broughtText({ brings = [] }: Fix): string {
  return brings.length === 0 ? '' : `; with it comes a warning, ${someOf(brings)}`;
}

function alsoLines({ also, concerns }: Finding, canvas: FindingCanvas): readonly string[] {
  const others = also.filter((intent) => !concerns.some((told) => told.intent === intent));
  if (others.length === 0) return [];
  const promises = others.length === 1 ? '1 more promise fails' : `${others.length} more promises fail`;
  const places = others.map((intent) => {
    const position = canvas.positionOf(intent.origin);
    return position ? `${position.file}:${position.line}` : intent.id;
  });
  return entry('also', `${promises} for this one reason: ${someOf([...new Set(places)])}`);
}
