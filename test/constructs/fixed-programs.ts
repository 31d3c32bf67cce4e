import * as path from 'node:path';
import { type Chart, Testing } from 'cdk8s';
import { verify } from 'portolan';
import * as ts from 'typescript';
import type { Fix } from '../../lib/intents/finding';

/** Where a line is to be added that takes the place of no other. */
const HERE = '/* here */';

/** A chart of namespace `shop` whose constructor has these statements. */
export function programOf(body: string): string {
  return `
import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import * as kplus from 'cdk8s-plus-28';
import * as portolan from 'portolan';
const { AllowDns, Cni, DefaultDeny, DnsApp, Ingress, IngressController, Intents, NetworkPolicy, PodNetwork, Port, Service } = portolan;
const { cidr, internet, namespace, node, pods, url } = portolan;

export class Shop extends Chart {
  constructor(scope: Construct) {
    super(scope, 'shop', { namespace: 'shop' });
    ${body.trim().replaceAll('\n', '\n    ')}
  }
}
`;
}

/** What the program is told is wrong with it. */
export function findingsOf(program: string) {
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: { Shop?: new (scope: unknown) => Chart } = {};
  new Function('require', 'exports', outputText)(require, exported);
  return verify(new exported.Shop!(Testing.app())).findings;
}

/** The program after its author did what the fix says: text in place of text, statements at the end, all else where `here` is. */
export function applied({ remove, add = '' }: Fix, program: string): string {
  const below = remove === undefined ? -1 : add.indexOf('\n// in the chart');
  if (below > 0)
    return applied(
      { summary: '', add: add.slice(below + 1) },
      applied({ summary: '', remove, add: add.slice(0, below) }, program),
    );
  if (remove === undefined && add.endsWith(';')) return program.replace(/\n {2}\}\n\}\n$/, () => `\n${add}\n  }\n}\n`);
  if (remove === undefined) return replaced(program, HERE, `${add},`);
  const removed = program.includes(remove) ? [remove] : remove.split('\n');
  const added = removed.length === 1 ? [add] : add.split('\n');
  return removed.reduce((text, line, i) => replaced(text, line, added[i] ?? ''), program);
}

function replaced(program: string, from: string, to: string): string {
  if (program.split(from).length !== 2) throw new Error(`\`${from}\` stands in no one place of\n${program}`);
  return program.replace(from, () => to);
}

/** What the compiler says of programs, each by its name. */
export function compileErrors(programs: ReadonlyMap<string, string>): readonly string[] {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, process.cwd());
  const files = new Map([...programs].map(([name, text]) => [path.resolve('test', `${name}.ts`), text]));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = files.get(file);
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version, true);
  };
  const unused = { noUnusedLocals: false, noUnusedParameters: false };
  const program = ts.createProgram([...files.keys()], { ...options, ...unused, skipLibCheck: true }, host);
  return [...files.keys()].flatMap((file) => {
    const source = program.getSourceFile(file)!;
    const wrong = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return wrong.map(
      ({ messageText }) => `${path.basename(file)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}
