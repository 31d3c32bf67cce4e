import { type Command, InvalidArgumentError, Option } from 'commander';
import { ASCII } from '../diagnostics/glyphs';
import type { InputFault } from '../model/finding/input-fault';
import { InvalidInputError } from '../model/finding/invalid-input-error';
import { type RequestOptions, requestTo } from '../model/ingress/request';
import type { UrlVerdict } from '../model/reach/url-verdict';
import { ExitCode } from './exit-code';
import type { Io } from './io';
import { loadNetwork } from './load';
import { type CommonOptions, withCommonOptions } from './options';
import { deliver } from './output';
import { BadUsage, Faults } from './refusal';
import { routeJson } from './route-json';
import { routeText } from './route-text';

type Header = readonly [name: string, value: string];

interface RouteOptions extends CommonOptions {
  readonly method: string;
  readonly header?: readonly Header[];
  readonly gateway?: string;
  readonly o: 'text' | 'json';
}

/** `portolan route PATH... URL`: who answers a request from outside, by which rule, and whether policies let it through. */
export function addRoute(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('route')
    .description('Who answers a request from outside, by which rule, and whether policies let it through.')
    .usage('[options] <path...> <url>')
    .argument('<path...>', 'files or folders of manifests, or - for standard input; the last word is the URL')
    .option('--method <method>', 'of the request', parseMethod, 'GET')
    .option(
      '--header <name:value>',
      'of the request, as often as needed; Host goes before the host of the URL',
      addHeader,
    )
    .option('--gateway <ns/name>', 'the Gateway that is meant, where several know the host')
    .addOption(new Option('-o <format>', 'what to print').choices(['text', 'json']).default('text'));
  withCommonOptions(command).action(async (words: string[], options: RouteOptions) => {
    const verdict = answer(words, options, io);
    const json = () => [JSON.stringify(routeJson(verdict), null, 2)];
    await deliver(options.o === 'json' ? json() : routeText(verdict, io.glyphs ?? ASCII), options.output, io);
    exit(ExitCode.answered);
  });
}

function answer(words: readonly string[], options: RouteOptions, io: Io): UrlVerdict {
  const [paths, url] = [words.slice(0, -1), words.at(-1)!];
  if (paths.length === 0) throw new BadUsage('a request is routed by manifests: route needs a path and a URL');
  const { method, header: headers, gateway } = options;
  const asked: RequestOptions = { method, headers };
  const faults = new Faults();
  const load = loadNetwork(paths, options, io, faults);
  const parsed = requestTo(url, asked);
  if (!parsed.ok) faults.add([faultOf(url, parsed.problem)]);
  faults.refuse();
  try {
    return load().route({ url, gateway, ...asked });
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    faults.add(error.faults.map((fault) => ({ ...fault, field: `--${fault.field}` })));
    faults.refuse();
    throw error;
  }
}

function faultOf(got: string, problem: string): InputFault {
  return {
    code: 'PTL016',
    field: 'URL',
    got,
    problem,
    expected: 'a URL such as https://shop.example.com/cart',
    origin: {},
  };
}

/** RFC 9110: what the name of a method, or of a header, is made of. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function parseMethod(text: string): string {
  if (!TOKEN.test(text)) throw new InvalidArgumentError('A method is one word, such as GET or POST.');
  return text;
}

function addHeader(text: string, before: readonly Header[] = []): readonly Header[] {
  const [, name = '', value = ''] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  if (!TOKEN.test(name))
    throw new InvalidArgumentError('A header is a name, a colon and a value, such as "X-Canary: always".');
  return [...before, [name, value.trim()]];
}
