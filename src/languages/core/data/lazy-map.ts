/** A map of names of which each value is made when it is first asked for. */
export class LazyMap<T> implements ReadonlyMap<string, T> {
  private readonly made = new Map<string, T>();

  /**
   * @param names all that may have a value, in the map's order
   * @param make gives undefined for a name that has none
   */
  constructor(
    private readonly names: readonly string[],
    private readonly make: (name: string) => T | undefined,
  ) {}

  get(name: string): T | undefined {
    const known = this.made.get(name);
    if (known !== undefined) return known;
    const value = this.make(name);
    if (value !== undefined) this.made.set(name, value);
    return value;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get size(): number {
    return [...this.entries()].length;
  }

  forEach(call: (value: T, name: string, map: ReadonlyMap<string, T>) => void): void {
    for (const [name, value] of this.entries()) call(value, name, this);
  }

  *entries(): MapIterator<[string, T]> {
    for (const name of this.names) {
      const value = this.get(name);
      if (value !== undefined) yield [name, value];
    }
  }

  *keys(): MapIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): MapIterator<T> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries();
  }
}
