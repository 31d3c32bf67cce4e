import { wrap } from './layout';

/** The page of a code as text for a terminal: headings on lines of their own, code indented, all else within 100 columns. */
export function pageText(markdown: string): string {
  return partsOf(markdown).map(partText).join('\n\n');
}

/** What a page calls its code. */
export function titleOf(markdown: string): string {
  return /^# PTL\d{3}: (.+)$/m.exec(markdown)?.[1] ?? '';
}

/** Code with its fences, and paragraphs, lists and headings between blank lines. */
function partsOf(markdown: string): readonly string[] {
  const parts = markdown.trim().matchAll(/^```\w*\n[\s\S]*?^```$|(?:^(?!```).+\n?)+/gm);
  return [...parts].map(([part]) => part.trimEnd());
}

function partText(part: string): string {
  const code = /^```\w*\n(.*?)\n?```$/s.exec(part)?.[1];
  if (code !== undefined) return code.replaceAll(/^(?=.)/gm, '    ');
  const heading = /^#+ (.+)$/.exec(part)?.[1];
  if (heading !== undefined) return heading;
  const items = part.split(/\n(?=- )/);
  return items.flatMap((item) => hung(item.startsWith('- ') ? '- ' : '', item.replace(/^- /, ''))).join('\n');
}

/** Lines below a mark, indented by its width. */
function hung(mark: string, text: string): readonly string[] {
  return wrap(withoutLinks(text), mark.length).map((line, i) => (i === 0 ? mark : ' '.repeat(mark.length)) + line);
}

/** `[PTL103](PTL103.md)` is read as `PTL103`. */
function withoutLinks(text: string): string {
  return text.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}
