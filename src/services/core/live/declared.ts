/** A setting, besides ports, that a source is found by; the plan writes it down with the lab. */
export interface DeclaredName {
  readonly name: string;
  /** The package's default: what a lab without the setting runs with. */
  readonly byDefault: string;
}

/** Settings by name as they were written down; what is absent is the default. */
export type Declared = Readonly<Record<string, string | undefined>>;

/** The setting as it was declared. */
export function declaredIn(declared: Declared, { name, byDefault }: DeclaredName): string {
  return declared[name] ?? byDefault;
}
