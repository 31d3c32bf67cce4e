import { type Alias, Composer, type Document, LineCounter, Parser, visit, type YAMLParseError } from 'yaml';
import type { InputFault } from '../../model/finding/input-fault';
import type { Found } from './found';
import { KUBECTL_YAML } from './kubectl-yaml';
import { positionAt } from './lines';

/** How often anchors may be repeated, all in all: enough for people, too little for an input made to exhaust memory. */
const MOST_ALIASES = 10_000;

/**
 * The documents of a YAML text, one at a time, so that none is kept longer than it takes to read it.
 * @param expected what the text should have been
 */
export function* yamlDocuments(
  file: string,
  text: string,
  faults: InputFault[],
  expected = 'YAML or JSON that kubectl can read',
): Iterable<Found> {
  const lines = new LineCounter();
  const tokens = new Parser(lines.addNewLine).parse(text);
  for (const document of new Composer(KUBECTL_YAML).compose(tokens)) {
    const fault = (problem: string, offset: number) =>
      faults.push({ code: 'PTL001', problem, expected, origin: { position: positionAt(file, offset, lines) } });
    const template = templateIn(document, text);
    if (template !== undefined) fault(TEMPLATE, template);
    else for (const error of document.errors) fault(problemOf(error), error.pos[0]);
    const value = document.errors.length === 0 ? plainOf(document, fault) : undefined;
    if (value !== undefined) {
      const [start, , end] = document.range;
      const position = positionAt(file, document.contents?.range?.[0] ?? start, lines);
      yield { value, start, end, lines: () => lines, position };
    }
  }
}

/** The document as plain JSON; `undefined` where its anchors and merge keys make no sense, which shows only now. */
function plainOf(document: Document.Parsed, fault: (problem: string, offset: number) => void): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES, onAnchor: (value) => refuseCircle(value, []) });
  } catch (error) {
    const lost = aliasesWithoutAnchor(document);
    for (const { source, range } of lost) {
      fault(`there is no anchor ${JSON.stringify(source)} above`, range?.[0] ?? document.range[0]);
    }
    if (lost.length === 0) {
      fault(clauseOf((error as Error).message), document.range[0]);
    }
    return undefined;
  }
}

/** INVARIANT: what is read is a tree, as JSON is; YAML would let an anchor stand within what it names. */
function refuseCircle(value: unknown, around: readonly unknown[]): void {
  if (typeof value === 'object' && value !== null) {
    if (around.includes(value)) {
      throw new Error('An anchor stands within what it names');
    }
    for (const child of Object.values(value)) {
      refuseCircle(child, [...around, value]);
    }
  }
}

function aliasesWithoutAnchor(document: Document.Parsed): readonly Alias[] {
  const lost: Alias[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined) {
        lost.push(alias);
      }
    },
  });
  return lost;
}

const TEMPLATE = '`{{` begins a template, which has to be rendered first (Helm: `helm template`)';

/**
 * Where the first template of a document begins, which stands for all that makes no sense until it is rendered. To YAML
 * `{{ .name }}` is a map with a map as its key.
 */
function templateIn({ errors }: Document.Parsed, text: string): number | undefined {
  const starts = errors.flatMap(({ code, pos: [key] }) => {
    const isOfTemplate = code === 'NON_STRING_KEY' && /\{\{-?$/.test(text.slice(Math.max(0, key - 2), key + 1));
    return isOfTemplate ? [text.lastIndexOf('{{', key)] : [];
  });
  return starts.length === 0 ? undefined : Math.min(...starts);
}

function problemOf({ code, message }: YAMLParseError): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'the same key stands twice in one map';
    case 'NON_STRING_KEY':
      return 'a key must be text';
    default:
      return clauseOf(message);
  }
}

/** The library's own words as a clause. */
function clauseOf(message: string): string {
  return (message.charAt(0).toLowerCase() + message.slice(1)).replace(/\.$/, '');
}
