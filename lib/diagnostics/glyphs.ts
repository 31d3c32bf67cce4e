/** What frames and ways are drawn with. Whoever prints chooses: the renderer does not know the terminal. */
export interface Glyphs {
  /** Opens a frame, before the place. */
  readonly top: string;
  /** Between the number of a line and its text. */
  readonly side: string;
  /** In place of the number, beside what is said about the line above. */
  readonly note: string;
  /** Closes a frame. */
  readonly foot: string;
  /** One column below what is meant. */
  readonly under: string;
  /** Likewise, where the label hangs from it. */
  readonly hook: string;
  /** Leads to a label, or to what decided. */
  readonly elbow: string;
  /** From a hook far to the right to a label on the left. */
  readonly turn: { readonly from: string; readonly along: string; readonly to: string };
  /** Down from a mark. */
  readonly stem: string;
  readonly arrows: { readonly passes: string; readonly stops: string; readonly unknown: string; readonly idle: string };
  /** Behind a step that is done. */
  readonly done: string;
  /** Where text is left out. */
  readonly cut: string;
}

export const UNICODE: Glyphs = {
  top: '╭─',
  side: '│',
  note: '·',
  foot: '╰─',
  under: '─',
  hook: '┬',
  elbow: '╰─',
  turn: { from: '╯', along: '─', to: '╭' },
  stem: '│',
  arrows: { passes: '──▶', stops: '──✗──▶', unknown: '──?──▶', idle: '┄┄▶' },
  done: ' ✓',
  cut: '…',
};

export const ASCII: Glyphs = {
  top: '+-',
  side: '|',
  note: ':',
  foot: '+-',
  under: '^',
  hook: '^',
  elbow: '+-',
  turn: { from: '+', along: '-', to: '+' },
  stem: '|',
  arrows: { passes: '-->', stops: '--x-->', unknown: '--?-->', idle: '..>' },
  done: '',
  cut: '...',
};

/**
 * What a terminal can show, by its locale: the first of LC_ALL, LC_CTYPE and LANG that is set decides, as POSIX has it.
 * Windows has no such variables; its newer terminals know Unicode and say who they are.
 */
export function glyphsFor(env: Readonly<Record<string, string | undefined>>): Glyphs {
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((value) => value !== undefined && value !== '');
  if (locale !== undefined) return /utf-?8/i.test(locale) ? UNICODE : ASCII;
  return env.WT_SESSION ? UNICODE : ASCII;
}

/** A text that was drawn in Unicode, for terminals that can't show it; every column stays where it is. */
export function inAscii(text: string): string {
  return text.replaceAll(/[─┄╭╰╯┬│·▶✗✓…]/g, (glyph) => COLUMNS[glyph]);
}

const COLUMNS: Readonly<Record<string, string>> = {
  '─': '-',
  '┄': '.',
  '╭': '+',
  '╰': '+',
  '╯': '+',
  '┬': '+',
  '│': '|',
  '·': ':',
  '▶': '>',
  '✗': 'x',
  '✓': '+',
  '…': '.',
};
