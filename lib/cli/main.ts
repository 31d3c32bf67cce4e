#!/usr/bin/env node
import { processIo } from './io';
import { run } from './run';

// The exit code is set, not forced, so that what is still in the pipe gets out.
run(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
