import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { IConstruct } from 'constructs';
import { glyphsFor } from '../diagnostics/glyphs';
import type { Sources } from '../diagnostics/text';
import type { CheckReport } from '../intents/check';
import type { Origin, Position } from '../model/finding/origin';
import { creationLine } from './creation-lines';
import { model } from './model';
import { isPatchedLater } from './patches';

/** The report as people read it, with the lines of the program that made the objects. */
export function renderReport(scope: IConstruct, report: CheckReport): string {
  return model.diagnostics.renderText(report, sourcesOf(scope));
}

/** How a renderer finds the lines of the program that made the app, and draws for whoever runs it. */
export function sourcesOf(scope: IConstruct): Sources {
  return { positionOf: positionsIn(scope.node.root), readSource, glyphs: glyphsFor(process.env) };
}

/** Where in the author's program an origin is; files below the working directory by their relative path. */
function positionsIn(root: IConstruct): (origin: Origin) => Position | undefined {
  const byPath = new Map(root.node.findAll().map((construct) => [construct.node.path, construct]));
  return ({ construct, position }) => {
    const creator = construct === undefined ? undefined : byPath.get(construct);
    const known = position ?? (creator && creationOf(creator));
    return known && { ...known, file: shortened(known.file) };
  };
}

function creationOf(construct: IConstruct): Position | undefined {
  const position = creationLine(construct)?.position;
  return position && isPatchedLater(construct) ? { ...position, isPatched: true } : position;
}

/** A path as people find it: below the working directory relative to that. */
export function shortened(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}

/** A program may run without its sources; findings then have no frame. */
function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
