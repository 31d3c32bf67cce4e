import { codeFrameColumns } from '@babel/code-frame';
import type { InputFault } from '../model/finding/input-fault';
import type { Origin } from '../model/manifest/origin';

/** The rules behind faults in one sentence each: what the API server does, and why it is no nicety. */
const RULES: Readonly<Record<string, string>> = {
  'NET-08': 'Two pods on one node cannot bind the same host port.',
  'NP-12': 'A peer needs a field, and ipBlock excludes the selectors. An empty peer does not mean everybody.',
  'NP-13': 'In and NotIn compare with values and need some; Exists and DoesNotExist ask for the key alone.',
  'NP-16': 'The API server takes an exception only from within its block, and smaller than the block.',
  'NP-24': 'A text is a port’s name. A quoted number would be the name of a port that nobody has.',
  'NP-25': 'A range of ports needs a number to begin with, and ends at or above it.',
};

/** All faults, one after the other, and how many there are. `textOf` gives the text of a file, to quote it. */
export function renderFaults(faults: readonly InputFault[], textOf: (file: string) => string | undefined): string {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  return `${faults.map((fault) => renderFault(fault, textOf)).join('\n')}\n${count} in the input: nothing was computed\n`;
}

/** One fault: title with code and place, the author's line, then what was expected, what stands there, why and the fix. */
export function renderFault(fault: InputFault, textOf: (file: string) => string | undefined): string {
  const place = placeOf(fault.origin);
  const lines = [`error[${fault.code}]: ${place === undefined ? '' : `${place}: `}${titleOf(fault)}`];
  const frame = frameOf(fault.origin, textOf);
  if (frame !== undefined) lines.push('', frame, '');
  const entries: readonly (readonly [string, string | undefined])[] = [
    ['in', [fault.object, fault.field].filter((part) => part !== undefined).join(', ') || undefined],
    ['expected', fault.expected],
    ['got', fault.got],
    ['why', fault.rule && [RULES[fault.rule], `(${fault.rule})`].filter((part) => part !== undefined).join(' ')],
    ['fix', fault.didYouMean && `did you mean \`${fault.didYouMean}\`?`],
    [
      'also',
      fault.related
        ?.map(placeOf)
        .filter((also) => also !== undefined)
        .join(', ') || undefined,
    ],
  ];
  for (const [label, text] of entries) if (text) lines.push(`  ${label.padEnd(8)}  ${text}`);
  return `${lines.join('\n')}\n`;
}

function titleOf({ problem }: InputFault): string {
  return problem;
}

/** `file:line:column`, which editors and terminals take for a link; else the construct. */
function placeOf({ position, construct }: Origin): string | undefined {
  return position ? `${position.file}:${position.line}:${position.column}` : construct;
}

function frameOf({ position }: Origin, textOf: (file: string) => string | undefined): string | undefined {
  const text = position && textOf(position.file);
  if (!position || text === undefined) return undefined;
  const { line, column } = position;
  const frame = codeFrameColumns(text, { start: { line, column } }, { linesAbove: 2, linesBelow: 1 });
  return frame.replaceAll(/^(?=.)/gm, '  ').replaceAll(/ +$/gm, '');
}
