import type { PacketWay } from '../service/packet-way';
import { type Doubt, distinctDoubts } from '../values/ternary';
import type { PairVerdict } from './verdict';

interface Judged {
  readonly way: PacketWay;
  readonly pair: PairVerdict;
}

/**
 * The ways of one packet together. Where nobody tells which of them there are, what all of them say is certain, and what only
 * some of them say is not.
 */
export function settled(judged: readonly Judged[]): readonly PairVerdict[] {
  const doubts = distinctDoubts(judged.flatMap(({ way }) => way.passes.flatMap((pass) => pass.doubts)));
  const mayFail = judged.some(({ way }) => way.passes.some((pass) => pass.mayFail));
  const outcomes = new Set(judged.map(({ pair }) => pair.outcome));
  const isCertain = outcomes.size === 1 && (!mayFail || outcomes.has('denied'));
  if (doubts.length === 0 || isCertain) return judged.map(({ pair }) => pair);
  return judged.map(({ pair }) => opened(pair, doubts));
}

/** What each way decides by itself stays; which of them is taken is open at the Service. */
function opened(pair: PairVerdict, doubts: readonly Doubt[]): PairVerdict {
  const hops = pair.hops.map((hop) => {
    if (hop.hop !== 'service' || hop.decision !== 'passes') return hop;
    return { ...hop, decision: 'unknown' as const, problem: 'uncertain-endpoints' as const, doubts };
  });
  return { ...pair, outcome: 'unknown', hops, doubts: distinctDoubts([...doubts, ...pair.doubts]) };
}
