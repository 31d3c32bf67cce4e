import type { Connections } from '../../model/reach/connection';

/** A table for a review's comment, and a second one of what is unknown. */
export function* mapMarkdown({ connections, unknown }: Connections): Iterable<string> {
  yield '| src | dst | conn |';
  yield '|-----|-----|------|';
  for (const { src, dst, traffic } of connections) yield `| ${src} | ${dst} | ${traffic} |`;
  let isFirst = true;
  for (const { src, dst, traffic, because } of unknown) {
    if (isFirst) yield* UNKNOWN_HEAD;
    isFirst = false;
    yield `| ${src} | ${dst} | ${traffic} | ${because.map((d) => `${d.wouldDecide} (${d.rule})`).join('; ')} |`;
  }
}

const UNKNOWN_HEAD = [
  '',
  '| src | dst | unknown | what would decide it |',
  '|-----|-----|---------|----------------------|',
];
