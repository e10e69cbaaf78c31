import type { ParseResult } from '@ruby/prism/src/deserialize.js';
import { parsePrism } from '@ruby/prism/src/parsePrism.js';
import { withLargeStack } from './prism-stack';
import { deepestNesting } from './ruby-nesting';
import { wasiShim } from './wasi-shim';
import { wasmApi, type WasmInstance, type WasmMemory, type WasmModule } from './wasm-api';

/** Grammars of Ruby the parser knows, of those GitLab's package has; the oldest stands for all before it. */
export type RubyGrammar = '3.3' | '3.4';

/** Parses Ruby. Error tolerant: broken text still gives a tree, and its errors with their places. */
export interface RubyParser {
  /**
   * @param grammar whose rules count: newer ones take lines that begin with `&&`
   * @throws RubyParserFailure when the parser itself gives up (nesting beyond its stack), never for mere
   * syntax errors; the next call works again.
   */
  parse(source: string, grammar?: RubyGrammar): ParseResult;
}

/** Gives the parser, loading it at the first call. */
export type RubyParserLoader = () => Promise<RubyParser>;

/** The parser gave up on a text. */
export class RubyParserFailure extends Error {
  override readonly name = 'RubyParserFailure';

  /** @param offset the place it gave up at, counted as JavaScript counts */
  constructor(
    message: string,
    readonly offset: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const TOO_DEEP = 'it is nested too deeply';

/**
 * A parser from the bytes of `prism.wasm` (package @ruby/prism).
 * @throws CompileError of the WebAssembly API when the bytes are no such module
 */
export async function loadPrismParser(wasm: Uint8Array): Promise<RubyParser> {
  const module = await wasmApi.compile(withLargeStack(wasm));
  let instance = await instantiate(module);
  let spoiled = false;
  return {
    parse(source, grammar = '3.3') {
      const { depth, offset } = deepestNesting(source, MOST_NESTED);
      if (depth > MOST_NESTED) throw new RubyParserFailure(TOO_DEEP, offset);
      if (spoiled) instance = instantiateNow(module);
      spoiled = true;
      try {
        const result = parsePrism(instance.exports as Parameters<typeof parsePrism>[0], source, {
          version: grammar,
        });
        spoiled = (memoryOf(instance)?.buffer.byteLength ?? 0) > MOST_KEPT;
        return result;
      } catch (error) {
        // After a trap the instance's memory is in no known state, so the next call gets a new one. The only trap known
        // is a full stack, which the engine tells in words of its own.
        throw new RubyParserFailure(TOO_DEEP, offset, { cause: error });
      }
    },
  };
}

/**
 * The deepest nesting that is given to the parser. The engine's stack is known to hold more than half as much again of
 * whatever can be nested; real files stay below twenty.
 */
const MOST_NESTED = 300;
/** Memory of an instance that is kept for the next text; it never gives any back. */
const MOST_KEPT = 64 * 2 ** 20;

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
