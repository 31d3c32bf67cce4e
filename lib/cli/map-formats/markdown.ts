import type { ConnectivityMap } from '../../model/reach/connectivity-map';

/** A table for a review's comment, and a second one of what is unknown. */
export function* mapMarkdown({ connections, unknown }: ConnectivityMap): Iterable<string> {
  yield '| src | dst | conn |';
  yield '|-----|-----|------|';
  for (const { src, dst, traffic } of connections) yield `| ${src} | ${dst} | ${traffic} |`;
  if (unknown.length === 0) return;
  yield '';
  yield '| src | dst | unknown | what would decide it |';
  yield '|-----|-----|---------|----------------------|';
  for (const { src, dst, traffic, because } of unknown) {
    yield `| ${src} | ${dst} | ${traffic} | ${because.map((d) => `${d.wouldDecide} (${d.rule})`).join('; ')} |`;
  }
}
