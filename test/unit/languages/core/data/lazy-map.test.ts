import { describe, expect, it } from 'vitest';
import { LazyMap } from '../../../../../src/languages/core/data/lazy-map';

function lengths(): { readonly map: LazyMap<number>; readonly asked: readonly string[] } {
  const asked: string[] = [];
  const map = new LazyMap(['', 'odd', 'none', 'even'], (name) => {
    asked.push(name);
    return ['', 'odd', 'even'].includes(name) ? name.length : undefined;
  });
  return { map, asked };
}

describe('a map of values made when they are asked for', () => {
  it('makes each once, and none before', () => {
    const { map, asked } = lengths();
    expect(asked).toEqual([]);
    expect([map.get('odd'), map.get('odd'), map.has('odd'), map.get('')]).toEqual([3, 3, true, 0]);
    expect(asked).toEqual(['odd', '']);
  });

  it('has no value for a name that gives none, nor for one of every object', () => {
    const { map } = lengths();
    expect(['none', 'other', 'constructor'].map((name) => map.has(name))).toEqual([false, false, false]);
    expect(map.get('none')).toBeUndefined();
  });

  it('goes through names with values in their order', () => {
    const { map } = lengths();
    const told: string[] = [];
    map.forEach((value, name) => told.push(`${name} ${value}`));
    expect(told).toEqual([' 0', 'odd 3', 'even 4']);
    expect([...map]).toEqual([
      ['', 0],
      ['odd', 3],
      ['even', 4],
    ]);
    expect([[...map.keys()], [...map.values()], map.size]).toEqual([['', 'odd', 'even'], [0, 3, 4], 3]);
  });
});
