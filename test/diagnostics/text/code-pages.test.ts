import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { PromiseCode } from '../../../lib/intents/finding';
import type { InputFaultCode } from '../../../lib/model/finding/input-fault';
import type { LintCode } from '../../../lib/model/finding/lint';
import { CODES_FOLDER, renderedPages } from '../../../scripts/docs';

/** Every code there is: one that is missing here does not compile. */
const CODES: Readonly<Record<PromiseCode | InputFaultCode | LintCode, true>> = {
  PTL001: true,
  PTL002: true,
  PTL003: true,
  PTL004: true,
  PTL005: true,
  PTL006: true,
  PTL007: true,
  PTL008: true,
  PTL009: true,
  PTL010: true,
  PTL011: true,
  PTL012: true,
  PTL013: true,
  PTL014: true,
  PTL015: true,
  PTL016: true,
  PTL017: true,
  PTL018: true,
  PTL019: true,
  PTL020: true,
  PTL021: true,
  PTL022: true,
  PTL101: true,
  PTL102: true,
  PTL103: true,
  PTL104: true,
  PTL105: true,
  PTL106: true,
  PTL107: true,
  PTL110: true,
  PTL111: true,
  PTL112: true,
  PTL113: true,
  PTL114: true,
  PTL120: true,
  PTL121: true,
  PTL130: true,
  PTL131: true,
  PTL132: true,
  PTL133: true,
  PTL134: true,
  PTL135: true,
  PTL136: true,
  PTL137: true,
  PTL138: true,
  PTL139: true,
  PTL140: true,
  PTL141: true,
  PTL142: true,
  PTL143: true,
  PTL201: true,
  PTL202: true,
  PTL203: true,
  PTL204: true,
  PTL205: true,
  PTL206: true,
  PTL207: true,
  PTL208: true,
  PTL230: true,
  PTL231: true,
  PTL232: true,
  PTL233: true,
  PTL234: true,
  PTL235: true,
  PTL236: true,
  PTL237: true,
  PTL238: true,
  PTL239: true,
  PTL301: true,
  PTL302: true,
  PTL303: true,
  PTL304: true,
  PTL305: true,
  PTL306: true,
  PTL310: true,
  PTL312: true,
  PTL313: true,
  PTL314: true,
  PTL315: true,
  PTL316: true,
  PTL317: true,
  PTL318: true,
  PTL320: true,
  PTL321: true,
  PTL322: true,
  PTL330: true,
  PTL331: true,
  PTL332: true,
  PTL402: true,
  PTL403: true,
  PTL404: true,
  PTL405: true,
  PTL406: true,
  PTL407: true,
  PTL408: true,
  PTL409: true,
  PTL410: true,
  PTL411: true,
  PTL412: true,
  PTL413: true,
  PTL414: true,
  PTL415: true,
  PTL416: true,
  PTL417: true,
  PTL420: true,
  PTL421: true,
  PTL422: true,
  PTL501: true,
  PTL502: true,
  PTL503: true,
  PTL504: true,
  PTL530: true,
  PTL531: true,
  PTL532: true,
  PTL533: true,
  PTL534: true,
  PTL701: true,
  PTL702: true,
  PTL901: true,
  PTL902: true,
  PTL903: true,
  PTL904: true,
};

let pages: ReadonlyMap<string, string>;

beforeAll(async () => {
  pages = await renderedPages();
});

test('each code has a page, and each page a code', () => {
  const expected = Object.keys(CODES).map((code) => `${code}.md`);
  expect([...pages.keys()].sort()).toEqual([...expected, 'README.md'].sort());
});

test.each(['README', ...Object.keys(CODES)])(
  '%s says what is printed today (else: npx tsx scripts/docs.ts)',
  (code) => {
    expect(readFileSync(path.join(CODES_FOLDER, `${code}.md`), 'utf8')).toBe(pages.get(`${code}.md`));
  },
);

test.each(Object.keys(CODES))('the example of %s is met with that code alone', (code) => {
  const codes = [...pages.get(`${code}.md`)!.matchAll(/^(?:error|warning)\[(PTL\d+)\]/gm)].map(([, found]) => found);
  expect(codes).toEqual([code]);
});
