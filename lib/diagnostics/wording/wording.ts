/** What a finding says, beside what its data draws. */
export interface Wording {
  /** Who can't do what: because. One line. */
  readonly title: string;
  /** A word at the line that is to blame. */
  readonly label: string;
  /** The Kubernetes rule that applies, with its number. */
  readonly why: string;
  /** What to do where no fix could be tried. */
  readonly advice: string;
}

export function quoted(text: string): string {
  return `\`${text}\``;
}

export function didYouMean(text: string | undefined): string {
  return text === undefined ? '' : `; did you mean ${quoted(text)}?`;
}

export function oneOf(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.map(quoted).join(', ');
}
