import { wasmApi, type WasmFunction, type WasmImports, type WasmMemory, type WasmModule } from './wasm-api';

/**
 * The few system calls Prism's WASM build imports. Parsing text needs none of them to do anything: there are no
 * files, no arguments, no environment. `node:wasi` would serve too, but prints an ExperimentalWarning.
 */

/** WASI errno values (preview 1). */
const SUCCESS = 0;
const BAD_DESCRIPTOR = 8;
const NOT_SUPPORTED = 52;

/**
 * Imports for an instance of the module. Calls not known here answer "not supported".
 * @param memory gives the instance's memory, once it exists
 */
export function wasiShim(module: WasmModule, memory: () => WasmMemory | undefined): WasmImports {
  const known: Readonly<Record<string, WasmFunction>> = {
    args_sizes_get: (count = 0, size = 0) => writeWords(memory(), [count, 0], [size, 0]),
    environ_sizes_get: (count = 0, size = 0) => writeWords(memory(), [count, 0], [size, 0]),
    args_get: () => SUCCESS,
    environ_get: () => SUCCESS,
    fd_prestat_get: () => BAD_DESCRIPTOR,
    fd_close: () => BAD_DESCRIPTOR,
    fd_seek: () => BAD_DESCRIPTOR,
    fd_write: () => BAD_DESCRIPTOR,
    proc_exit: (code = 0) => {
      throw new wasmApi.RuntimeError(`the parser stopped with code ${code}`);
    },
  };
  const imports: WasmImports = {};
  for (const { module: from, name } of wasmApi.Module.imports(module)) {
    const functions = (imports[from] ??= {});
    functions[name] = known[name] ?? (() => NOT_SUPPORTED);
  }
  return imports;
}

function writeWords(
  memory: WasmMemory | undefined,
  ...words: readonly (readonly [address: number, value: number])[]
): number {
  if (memory === undefined) return BAD_DESCRIPTOR;
  const view = new DataView(memory.buffer);
  for (const [address, value] of words) view.setUint32(address, value, true);
  return SUCCESS;
}
