import type { ParseResult } from '@ruby/prism/src/deserialize.js';
import { parsePrism } from '@ruby/prism/src/parsePrism.js';
import { wasiShim } from './wasi-shim';
import { wasmApi, type WasmInstance, type WasmMemory, type WasmModule } from './wasm-api';

/** Parses Ruby. Error tolerant: broken text still gives a tree, and its errors with their places. */
export interface RubyParser {
  /**
   * @throws RubyParserFailure when the parser itself gives up (nesting beyond its stack), never for mere
   * syntax errors; the next call works again.
   */
  parse(source: string): ParseResult;
}

/** Gives the parser, loading it at the first call. */
export type RubyParserLoader = () => Promise<RubyParser>;

/** The parser gave up on a text. */
export class RubyParserFailure extends Error {
  override readonly name = 'RubyParserFailure';
}

/**
 * A parser from the bytes of `prism.wasm` (package @ruby/prism).
 * @throws CompileError of the WebAssembly API when the bytes are no such module
 */
export async function loadPrismParser(wasm: Uint8Array): Promise<RubyParser> {
  const module = await wasmApi.compile(wasm);
  let instance = await instantiate(module);
  let spoiled = false;
  return {
    parse(source) {
      // Checked before: the module's stack overflows into its other memory, and then it may never return.
      if (opensTooMuch(source)) throw new RubyParserFailure('its brackets are nested too deeply');
      if (spoiled) instance = instantiateNow(module);
      spoiled = true;
      try {
        const result = parsePrism(instance.exports as Parameters<typeof parsePrism>[0], source);
        spoiled = false;
        return result;
      } catch (error) {
        // After a trap the instance's memory is in no known state, so the next call gets a new one.
        throw new RubyParserFailure(error instanceof Error ? error.message : String(error));
      }
    },
  };
}

/** Open brackets at once that the parser's stack is known to hold; real files have fewer than ten. */
const MOST_OPEN = 100;

/** Counts brackets wherever they stand but on lines that are comments: too many are refused rather than risked. */
function opensTooMuch(source: string): boolean {
  let open = 0;
  for (const [sign] of source.matchAll(/^[ \t]*#.*|[([{]|[)\]}]/gm)) {
    if ('([{'.includes(sign)) open += 1;
    else if (sign.length === 1 && open > 0 && sign !== '#') open -= 1;
    if (open > MOST_OPEN) return true;
  }
  return false;
}

/**
 * A loader that reads the bytes and compiles them once, at the first use.
 * @param readWasm gives the bytes of `prism.wasm`, wherever the program keeps it
 */
export function prismLoader(readWasm: () => Promise<Uint8Array>): RubyParserLoader {
  let parser: Promise<RubyParser> | undefined;
  return () => {
    parser ??= readWasm()
      .then(loadPrismParser)
      .catch((error: unknown) => {
        // A later attempt may succeed (file restored): do not keep the failure.
        parser = undefined;
        throw error;
      });
    return parser;
  };
}

async function instantiate(module: WasmModule): Promise<WasmInstance> {
  const holder: { instance?: WasmInstance } = {};
  holder.instance = await wasmApi.instantiate(
    module,
    wasiShim(module, () => memoryOf(holder.instance)),
  );
  return initialise(holder.instance);
}

function instantiateNow(module: WasmModule): WasmInstance {
  const holder: { instance?: WasmInstance } = {};
  holder.instance = new wasmApi.Instance(
    module,
    wasiShim(module, () => memoryOf(holder.instance)),
  );
  return initialise(holder.instance);
}

function initialise(instance: WasmInstance): WasmInstance {
  const start = instance.exports['_initialize'];
  if (typeof start === 'function') (start as () => void)();
  return instance;
}

function memoryOf(instance: WasmInstance | undefined): WasmMemory | undefined {
  const memory = instance?.exports['memory'];
  return memory instanceof wasmApi.Memory ? memory : undefined;
}
