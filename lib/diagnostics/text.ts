import type { CheckReport } from '../intents/check';
import type { Finding, Fix } from '../intents/finding';
import type { Intent } from '../intents/intent';
import type { Origin, Position } from '../model/finding/origin';
import { renderFaults } from './fault-text';
import { wordingOf } from './finding-wording';
import { frameOf, type LinesOf, patchNote, placeOf, type ReadSource, remembered } from './frame';
import { entry } from './layout';
import { inOrder, renderLint } from './lint-text';
import { wayOf } from './way';
import { plain } from './wording/wording';

/** How a renderer gets at the author's program: it does no input or output of its own. */
export interface Sources {
  /** Where an origin was written, e.g. the line that created a construct. */
  readonly positionOf: (origin: Origin) => Position | undefined;
  readonly readSource: ReadSource;
}

/** A report as people read it: every fault and finding, then how many promises were kept. */
export function renderText(report: CheckReport, sources: Sources): string {
  const { faults, findings, kept } = report;
  if (faults.length > 0)
    return renderFaults(
      faults.map((fault) => located(fault, sources)),
      sources.readSource,
    );
  const linesOf = remembered(sources.readSource);
  const texts = findings.map((finding) => renderFinding(finding, sources.positionOf, linesOf));
  const broken = new Set(findings.flatMap((finding) => [finding.intent, ...finding.also])).size;
  const total = new Set([...findings.flatMap((f) => [f.intent, ...f.also]), ...kept.map((k) => k.intent)]).size;
  const lints = inOrder(report.lints.map((lint) => located(lint, sources))).map((lint) => renderLint(lint, linesOf));
  const counts = findings.length > 0 ? [`promises that do not hold: ${broken} of ${total}\n`] : [];
  return [...texts, ...lints, ...waiverLines(report), ...counts].join('\n');
}

/** What somebody answers for, or states without proof, stands in every report. */
function waiverLines({ acknowledged, kept, idle }: CheckReport): readonly string[] {
  const assumed = [...new Set(kept.flatMap(({ assuming }) => assuming))];
  const lines = [
    ...acknowledged.flatMap(({ id, by }) => entry('known', `${id}, because: ${by.reason}`)),
    ...assumed.flatMap(({ fact, because }) => entry('assumed', `${fact}, because: ${because}`)),
    ...idle.flatMap((waiver) => entry('idle', `nothing needs ${idleText(waiver)} any more: remove it`)),
  ];
  return lines.length > 0 ? [`${lines.join('\n')}\n`] : [];
}

function idleText(waiver: CheckReport['idle'][number]): string {
  return 'fact' in waiver ? `the assumption \`${waiver.fact}\`` : `the acknowledgement of \`${waiver.id}\``;
}

function located<T extends { readonly origin: Origin }>(fault: T, { positionOf }: Sources): T {
  return { ...fault, origin: { ...fault.origin, position: positionOf(fault.origin) } };
}

type PositionOf = Sources['positionOf'];

/**
 * Always in this order: title with code, the author's line, the promise, the way with one cross, why, fix, also, more.
 * The line framed is the one to mend; where no object is to blame it is the promise's own. An object whose line nobody
 * knows is named by its construct.
 */
function renderFinding(finding: Finding, positionOf: PositionOf, linesOf: LinesOf): string {
  const wording = wordingOf(finding);
  const blamed = finding.blame && positionOf(finding.blame);
  const promised = positionOf(finding.intent.origin);
  const unplaced = blamed ? undefined : finding.blame?.construct;
  const framed = blamed ?? (unplaced === undefined ? promised : undefined);
  const frame = frameOf(framed, linesOf, blamed ? wording.label : 'promised here');
  const way = finding.example && wayOf(finding.example);
  const lines = [
    `${finding.severity}[${finding.code}]: ${wording.title}`,
    '',
    ...(framed ? [`  ${placeOf({ position: framed })}`] : []),
    ...(unplaced === undefined ? [] : [`  ${unplaced}`, ...entry('here', wording.label)]),
    ...(frame === undefined ? [] : [frame, '']),
    ...(way ? [...way, ''] : []),
    ...patchNote(blamed),
    ...entry('promise', promiseText(finding, promised)),
    ...listEntry(isPositive(finding.intent) ? 'likewise' : 'but also', finding.offenders.slice(1).map(plain)),
    ...entry('why', wording.why),
    ...fixEntries(finding.fixes, wording.advice),
    ...alsoEntry(finding.also, positionOf),
    ...entry('more', `docs/codes/${finding.code}.md`),
  ];
  return `${lines.join('\n')}\n`;
}

/** Where something was to pass, others fail like it; where nothing was to pass, others get through besides. */
function isPositive(intent: Intent): boolean {
  return 'negated' in intent && !intent.negated;
}

function promiseText({ intent, subject, target, leadsTo }: Finding, position: Position | undefined): string {
  const verb = intent.verb === 'none' ? '' : `${'negated' in intent && intent.negated ? 'not.' : ''}${intent.verb}`;
  const because = intent.because ? `, because: ${intent.because}` : '';
  const where = position ? ` at ${placeOf({ position })}` : '';
  const implied = intent.implied ? ' (made by `uses`)' : '';
  const to = leadsTo === undefined ? '' : `.to(${leadsTo})`;
  return `expect(${subject})${verb === '' ? '' : `.${verb}(${target})${to}`}${implied}${where}${because}`;
}

const MOST_LISTED = 6;

function listEntry(label: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  const more = items.length > MOST_LISTED ? `, and ${items.length - MOST_LISTED} more` : '';
  return entry(label, `${items.slice(0, MOST_LISTED).join(', ')}${more}`);
}

/** A fix that the model has tried is code to write; advice is all there is where nothing could be tried. */
function fixEntries(fixes: readonly Fix[], advice: string): readonly string[] {
  if (fixes.length === 0) return entry('fix', advice);
  return fixes.flatMap((fix, i) => [
    ...entry(i === 0 ? 'fix' : 'or', fix.summary),
    ...(fix.remove ? [`${' '.repeat(12)}- ${fix.remove}`] : []),
    ...(fix.add ? [`${' '.repeat(12)}+ ${fix.add}`] : []),
  ]);
}

function alsoEntry(also: readonly Intent[], positionOf: PositionOf): readonly string[] {
  if (also.length === 0) return [];
  const promises = also.length === 1 ? '1 more promise fails' : `${also.length} more promises fail`;
  const places = also.map((intent) => {
    const position = positionOf(intent.origin);
    return position ? `${position.file}:${position.line}` : intent.id;
  });
  const listed = [...new Set(places)];
  const more = listed.length > MOST_LISTED ? `, and ${listed.length - MOST_LISTED} more` : '';
  return entry('also', `${promises} for this one reason: ${listed.slice(0, MOST_LISTED).join(', ')}${more}`);
}
