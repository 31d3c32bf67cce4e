import type { InputFault } from '../model/finding/input-fault';
import type { FieldPart, FieldPath, Manifest, Origin } from '../model/finding/origin';
import { formatField, isObject } from '../model/manifest/reader/place';
import { nearest } from '../model/values/nearest';
import { PROTOCOLS, type Protocol } from '../model/values/traffic-set';
import { type Asked, type FlowText, isPortName, isPortNumber } from './flow-text';
import type { InputIo } from './input/files';
import type { Faults } from './refusal';
import { readValueFile } from './value-file';

/** One flow of a file, and where its fields stand. */
export interface FiledFlow {
  readonly text: FlowText;
  readonly asked: Asked;
}

const KEYS: readonly (keyof FlowText)[] = ['from', 'to', 'port', 'protocol', 'by', 'via'];
const REQUIRED: readonly (keyof FlowText)[] = ['from', 'to', 'port'];
const WAYS: readonly NonNullable<FlowText['by']>[] = ['name', 'service', 'podIP'];

/** Reads a file of flows: see `schemas/flows.schema.json`. One malformed flow makes the whole file useless. */
export function readFlows(file: string, files: InputIo, faults: Faults): readonly FiledFlow[] {
  const read = readValueFile(file, files);
  faults.add(read.faults, (asked) => (asked === file ? read.text : undefined));
  if (!read.source) return [];
  const found: InputFault[] = [];
  const flows = new FlowReader(read.source, found).flows();
  faults.add(found);
  return flows;
}

class FlowReader {
  constructor(
    private readonly source: Manifest,
    private readonly faults: InputFault[],
  ) {}

  flows(): readonly FiledFlow[] {
    const { object } = this.source;
    if (!isObject(object) || !Array.isArray(object.flows)) {
      this.fault(isObject(object) ? ['flows'] : [], 'there is no list of flows', '{"flows": [...]}');
      return [];
    }
    this.checkKeys(object, [], ['flows']);
    return object.flows.flatMap((flow: unknown, index) => this.flow(flow, index));
  }

  private flow(flow: unknown, index: number): readonly FiledFlow[] {
    const path = ['flows', index];
    if (!isObject(flow)) {
      this.fault(path, 'a flow is a map of fields', `a map with ${REQUIRED.join(', ')}`, { got: flow });
      return [];
    }
    const before = this.faults.length;
    this.checkKeys(flow, path, KEYS);
    for (const key of REQUIRED) {
      if (flow[key] === undefined)
        this.fault([...path, key], `\`${key}\` is missing`, `a flow with ${REQUIRED.join(', ')}`);
    }
    for (const key of ['from', 'to', 'via']) this.checkText(flow[key], [...path, key]);
    this.checkPort(flow.port, [...path, 'port']);
    this.checkChoice(flow.protocol, [...path, 'protocol'], PROTOCOLS);
    this.checkChoice(flow.by, [...path, 'by'], WAYS);
    if (this.faults.length > before) return [];
    // INVARIANT: the checks above leave nothing but what FlowText says.
    return [{ text: flow as unknown as FlowText, asked: this.asked(index) }];
  }

  private asked(index: number): Asked {
    return {
      object: `flow ${index}`,
      nameOf: (field) => `flows[${index}].${field}`,
      originOf: (field) => this.originOf(['flows', index, field]),
    };
  }

  private checkKeys(object: object, path: FieldPath, known: readonly string[]): void {
    for (const key of Object.keys(object)) {
      if (known.includes(key)) continue;
      const expected = `some of ${known.join(', ')}`;
      const didYouMean = nearest(key, known);
      this.fault([...path, key], `there is no field \`${key}\` here`, expected, { didYouMean, part: 'key' });
    }
  }

  private checkText(value: unknown, path: FieldPath): void {
    if (value === undefined || (typeof value === 'string' && value !== '')) return;
    this.fault(path, 'this is no endpoint', 'a text such as "shop/web"', { got: value });
  }

  private checkPort(value: unknown, path: FieldPath): void {
    const isSound = typeof value === 'number' ? isPortNumber(value) : typeof value === 'string' && isPortName(value);
    if (value === undefined || isSound) return;
    const isQuoted = typeof value === 'string' && /^\d+$/.test(value);
    const problem = isQuoted ? 'a quoted number is no port number' : 'this is neither a port number nor a port name';
    const didYouMean = isQuoted && isPortNumber(Number(value)) ? String(Number(value)) : undefined;
    this.fault(path, problem, 'a number from 1 to 65535, or the name of a port', { got: value, didYouMean });
  }

  private checkChoice(value: unknown, path: FieldPath, known: readonly (Protocol | (FlowText['by'] & string))[]): void {
    if (value === undefined || known.some((choice) => choice === value)) return;
    const didYouMean = typeof value === 'string' ? nearest(value, known) : undefined;
    this.fault(path, `${JSON.stringify(value)} is no ${path.at(-1)}`, `one of ${known.join(', ')}`, {
      got: value,
      didYouMean,
    });
  }

  private fault(
    path: FieldPath,
    problem: string,
    expected: string,
    detail: { readonly got?: unknown; readonly didYouMean?: string; readonly part?: FieldPart } = {},
  ): void {
    const { got, didYouMean, part } = detail;
    this.faults.push({
      code: 'PTL016',
      ...(typeof path[1] === 'number' ? { object: `flow ${path[1]}` } : {}),
      field: formatField(path),
      ...(got === undefined ? {} : { got: JSON.stringify(got) }),
      problem,
      expected,
      didYouMean,
      origin: this.originOf(path, part),
    });
  }

  private originOf(path: FieldPath, part?: FieldPart): Origin {
    return { position: this.source.locate?.(path, part) ?? this.source.origin.position };
  }
}
