import type { NamedMatch } from '../../manifest/gateway-resource';
import { mayBacktrack } from '../../values/backtracking';
import type { Doubt } from '../../values/ternary';
import type { Match } from '../controllers/controller';

type Matched = Match['matched'];

/** What every dialect of regular expressions reads alike: no look-around, back references, flags or named classes. */
const COMMON =
  /^(?:[^\\()[\]{}?+*]|\\[.\-/\\^$|?*+()[\]{}dws]|\((?:\?:)?|\)|\[(?!\[)[^[\]\\]*\]|[?+*](?![?+])|\{\d+(?:,\d*)?\}(?![?+]))*$/;

/** GW-06: whether a text matches a pattern in whatever dialect, over all of it or a part. */
export function matchPattern(pattern: string, text: string): Matched {
  if (!COMMON.test(pattern) || mayBacktrack(pattern)) return 'maybe';
  try {
    const whole = new RegExp(`^(?:${pattern})$`).test(text);
    const part = new RegExp(pattern).test(text);
    return whole === part ? (whole ? 'yes' : 'no') : 'maybe';
  } catch {
    return 'maybe';
  }
}

export const DIALECT: Doubt = {
  rule: 'GW-06',
  wouldDecide: 'a match that is no regular expression: what one matches is up to the controller',
};

/** What is surely matched only where all of it is. */
export function all(parts: readonly Matched[]): Matched {
  if (parts.includes('no')) return 'no';
  return parts.includes('maybe') ? 'maybe' : 'yes';
}

function matchValue({ type, value }: NamedMatch, given: string): Matched {
  if (type === 'RegularExpression') return matchPattern(value, given);
  return given === value ? 'yes' : 'no';
}

/** GW-07: of several that ask for one header the first counts, in whatever case. */
export function headersAsked(headers: readonly NamedMatch[]): readonly NamedMatch[] {
  return [...new Map([...headers].reverse().map((each) => [each.name.toLowerCase(), each])).values()].reverse();
}

/** GW-07: the first header that is not as it is asked for, and whether all are. */
export function matchHeaders(
  asked: readonly NamedMatch[],
  headers: ReadonlyMap<string, string>,
): { readonly matched: Matched; readonly missing?: NamedMatch } {
  const each = headersAsked(asked).map((match) => {
    const given = headers.get(match.name.toLowerCase());
    return { match, matched: given === undefined ? 'no' : matchValue(match, given) } as const;
  });
  const missing = each.find(({ matched }) => matched === 'no')?.match;
  return { matched: all(each.map(({ matched }) => matched)), missing };
}

export const GIVEN_TWICE: Doubt = {
  rule: 'GW-07',
  wouldDecide: 'a query that gives each parameter once: which of several values counts is up to the controller',
};

/** GW-07: likewise of query parameters, whose names are compared as they are. */
export function matchParams(
  asked: readonly NamedMatch[],
  query: string,
): { readonly matched: Matched; readonly missing?: NamedMatch; readonly isRepeated: boolean } {
  const given = paramsOf(query);
  const each = asked.map((match) => {
    const answers = new Set((given.get(match.name) ?? []).map((value) => matchValue(match, value)));
    const matched: Matched = answers.size === 0 ? 'no' : answers.size === 1 ? [...answers][0] : 'maybe';
    return { match, matched, isRepeated: answers.size > 1 };
  });
  const missing = each.find(({ matched }) => matched === 'no')?.match;
  const isRepeated = each.some((one) => one.isRepeated);
  return { matched: all(each.map(({ matched }) => matched)), missing, isRepeated };
}

function paramsOf(query: string): ReadonlyMap<string, readonly string[]> {
  const params = new Map<string, string[]>();
  for (const part of query.split('&').filter((each) => each !== '')) {
    const equals = part.indexOf('=');
    const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    const values = params.get(decoded(name)) ?? [];
    params.set(decoded(name), [...values, decoded(value)]);
  }
  return params;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
