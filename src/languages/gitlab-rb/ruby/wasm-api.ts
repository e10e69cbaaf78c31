/**
 * The part of the WebAssembly API used here, typed by hand: its declarations come with the DOM library only,
 * which code outside webviews must not see.
 */

export interface WasmModule {
  readonly brand?: 'module';
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

export type WasmFunction = (...args: number[]) => number;
export type WasmImports = Record<string, Record<string, WasmFunction>>;

export interface WasmApi {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  instantiate(module: WasmModule, imports: WasmImports): Promise<WasmInstance>;
  readonly Module: { imports(module: WasmModule): readonly { module: string; name: string }[] };
  readonly Instance: new (module: WasmModule, imports: WasmImports) => WasmInstance;
  readonly Memory: new (descriptor: { initial: number }) => WasmMemory;
  readonly RuntimeError: new (message: string) => Error;
}

export const wasmApi: WasmApi = (globalThis as unknown as { readonly WebAssembly: WasmApi }).WebAssembly;
